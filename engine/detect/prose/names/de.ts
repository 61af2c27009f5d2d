/** Common given names and surnames of Germany, Austria and German-speaking Switzerland, folded to plain lower case. */
export const given = `
achim adalbert adam adelheid adolf agathe agnes ahmet albert albrecht alex alexander alexandra alfons alfred ali alina
alma alois aloisia amalie amelie andre andrea andreas anette angela angelika angelique anika anita anja anke ann anna
anna-lena annalena anne annegret annelie anneliese annemarie annett annette annika ansgar antje anton antonia antonie
armin arnd arne arno arnold arthur artur astrid august augusta auguste axel aylin ayse barbara bastian beate beatrice
beatrix ben benedikt benjamin berit bernadette bernd bernhard bert berta berthold bertram bettina bianca birgit
birgitt birgitta birthe bjoern bjorn bodo boris brigitta brigitte britta bruno burkhard burkhardt can carina carl
carla carlo carmen carola carolin caroline carsten caspar cathrin celina charlotte christa christel christian
christiane christin christina christine christof christoph christopher clara claudia claus clemens conrad constanze
cordula corina corinna cornelia dagmar damian dana daniel daniela david deborah denis denise deniz dennis detlef
detlev diana dieter dietlinde dietmar dietrich dilara dirk dominik dora doreen doris dorothea dorothee eberhard ebru
eckard eckart eckhard eckhardt edda edeltraud edeltraut edgar edith eduard egon ehrenfried eike ekkehard elena elfi
elfriede elias elif elisa elisabeth elke ella ellen elli elsa else elvira emil emilia emilie emine emma emmy emre enno
enrico eric erich erik erika erkan erna ernst erwin esra esther eugen eva eva-maria evelin evelyn ewald fabian falk
falko fatih fatma felicitas felix ferdinand finn florian frank franka franz franz-josef franziska frauke frederik
frederike frida frieda friedbert friedemann friederike friedhelm friedrich friedrich-wilhelm fritz gabi gabriel
gabriela gabriele georg georgine gerald gerd gerda gerhard gerlinde germar gernot gero gert gertraud gertraude gertrud
gesa gesine gisbert gisela gitta gottfried gotthard greta grete gudrun guido gulay gunda gunnar gunter gunther gustav
hagen hakan hanna hannah hannelore hannes hanno hans hans-dieter hans-georg hans-gerd hans-gunter hans-joachim
hans-jochen hans-jurgen hans-otto hans-peter hans-werner harald harry hartmut hartwig hasan hatice hedwig heide
heidemarie heidi heidrun heike heiko heiner heinrich heinz heinz-dieter heinz-peter helena helene helga hella hellmut
helmut helmuth hendrik henning henri henriette henrik herbert heribert hermann hermine herta hertha hilda hilde
hildegard hinrich holger horst hubert hubertus hugo hulya ida ignaz igor ilona ilse imke ina ines inga inge ingeborg
ingelore ingo ingrid inka inken irena irene iris irma irmgard irmtraud irmtraut isa isabel isabell isabella isabelle
isolde jakob jan jana janina janine jannik jannis jaqueline jasmin jens jessica jessika jette joachim joanna jochem
jochen joerg johann johanna johannes jolanda jonas jonathan jorg jorn jose josef josefa josefine joseph judith juergen
julia julian juliane julius jurgen juri justin justus jutta kai kaja karen karin karina karl karl-heinz karla
karlheinz karolin karolina karoline karsten kaspar katarina katharina kathi kathleen kathrin kati katja katrin kay
kemal kerstin kevin kilian kim kirsten kirstin klaas klara klaus klaus-dieter klaus-peter klemens knut konrad
konstantin konstanze korbinian kristian kristin kristina kunigunde kurt lara larissa lars laura laurenz lea leah
leander lena leni lennard lennart leo leon leonhard leonie leonore leopold levin leyla liane liesel lieselotte lilli
lilly lina linda linus lisa lisbeth liselotte lothar louis louisa louise luca lucas lucia ludger ludwig ludwina luis
luisa luise luka lukas luke lutz lydia madeleine magda magdalena maik maike maja malte mandy manfred manja manuel
manuela marc marcel marco marcus mareike maren margareta margarete margaretha margarethe margarita margit margitta
margot margret margrit maria marian marianne marie marie-luise mariella marika marina mario marion maritta markus
marlene marlies marliese marlis marta martha marthe martin martina marvin mathias mathilde matthias mattias maurice
max maxi maximilian mechthild mehmet meik meike melanie melissa melitta meryem mia michael michaela michel mike milan
milena mina mira miriam mirja mirjam mirko miroslav monica monika moritz murat mustafa nadine nadja nancy natalia
natalie natascha nele nick nico nicola nicole niels niklas nikolai nikolaus nils nina noah nora norbert norman olaf
olga oliver olivia ortrud ortrun oscar oskar oswald otmar ottilie ottmar otto ottokar ozlem pascal patricia patrick
patrik paul paula pauline peggy peter petra philip philipp pia rafael raik raimund rainer ralf ralph ramona raphael
rebecca rebekka regina regine reimund reiner reinhard reinhardt reinhold renate rene ria ricarda richard rita robby
robert roberto robin rocco roger roland rolf roman romy ron ronald ronny rosa rosalinde rose-marie rosel rosemarie
rosi rosina rosmarie roswitha roy rudi rudiger rudolf rudolph ruediger rupert ruprecht ruth sabina sabine sabrina
samuel sandra sandro sandy sara sarah sascha sebastian selina selma severin sevgi siegbert siegfried sieglinde siegmar
siegmund siegrid siegrun sigmund sigrid sigrun sigurd silas silja silke silvana silvia silvio simon simone sina sofia
sofie sonja sonke sophia sophie stefan stefanie steffen steffi stephan stephanie susan susann susanna susanne suse
sven svenja swantje swen sylke sylvia tabea tanja tarik tatjana teresa thea theo theodor theres theresa therese
theresia thilo thomas thorben thorsten tilman tilmann tilo tim timo tina tino tobias tom toni torben torsten traudel
traudl traute turgut udo ulf uli ulla ulrich ulrike urs ursel ursula urte uta ute uwe valentin valentina valerie
vanessa vera verena veronika viktor viktoria vincent vinzenz viola vivien volker volkmar vroni walburga waldemar
waldtraut wally walter walther waltraud waltraut waltrud wanda wendelin wenzel werner wibke wiebke wieland wigbert
wilfried wilhelm wilhelmine willi willibald willy wilma winfried wojciech wolf wolf-dieter wolfgang wolfram wulf xaver
yannick yasemin yilmaz yvette yvonne zdenka zeynep
`;

export const surnames = `
abel abraham achenbach adam adler albers albrecht altmann anders angerer appel arndt arnold auer aumann bach bachmann
bader bahr bauer baum baumann baumgartner beck becker beckmann beer behrendt behrens beier bender benz berg berger
bergmann berndt bernhard bernhardt bertram beyer biedermann binder bischoff blum bock bode boehm boehme bohm bohme
bohnert borchert born bosch bottcher brand brandl brandt braun brenner breuer brinkmann bruckner brunner bruns
buchholz buck budig burger busch buschmann busse butz christ conrad conradi dahl daniel decker dietrich dietz dietze
dippel doerr dorfler dorn drechsler dreher drescher ebel eberhardt eberle ebert eckert eder egger ehlers ehrlich
eichhorn eigenwillig ernst esser ewald faber falk feldmann fell fiedler finke fischer fleischer foerster forster frank
franke franz frei freudenberger freund frey fricke friedrich friese fritsch fritz froehlich frohlich fuchs fuhrmann
funk gabriel gartner gebhardt geier geisler geissler gerber gerlach geyer giese glaser gobel goebel goetz gotz graf
grasser greiner grimm gross grosse gruber grun grundmann gunter gunther haag haas haase hagen hahn hamann hammer
hammerl hanke hansen harder harms hartmann hartung haupt hauser hausmann hecht heck heckmann heider heil heim hein
heine heinemann heinrich heinz heinze held heller hellwig hempel henke henning henschel hentschel herbst hering
hermann herold herrmann herzog hesse heuer hildebrand hildebrandt hiller hinz hirsch hock hofer hoffmann hofmann holz
holzapfel holzer hoppe horn hornich huber hubner huebner huhn hummel jacob jacobi jaeger jager jahn jakob jansen
janssen janz john jost jung junken kaiser kallert karl kaufmann keil keller kellner kern kessler kiefer kirchner
kirsch klein klemm klingelhofer klos klose klotz kluge knappe knoll kobelt koch koehler koenig kohl kohler kolb konig
kopp korn kraft kramer kranz kraus krause krauss krebs kremer kretschmer krieger kroger kroll krueger kruger kruse
kuhlmann kuhn kuhne kunz kunze kurz lang lange langer lauer lechner lehmann lehner leitner lenz lindemann lindner
lindorfer link linke loeffler loewe loffler lohmann loos lorenz lottes lowe lucke ludwig lutz maier mann marquardt
martens martin marx matthes maurer may mayer mayr mayrhofer meier meissner meister menzel mertens metz metzger meyer
michel mielke mitschke moeller mohr moll moller moritz moser mueller muench muller munch munz nagel naumann neubauer
neubert neuhaus neumann neumayer neuner nickel niemann noack noll nowak oswald ott otto pape paul pauli peters
petersen pfeffer pfeifer pfeiffer pichler pieper pohl popp preiss preuss probst prohaska raab radke rapp rau rausch
rech reich reichel reichert reiner reinhard reinhardt reinhold reising reiter renner reuter richter ried riedel riedl
rieger ries ritter roemer rogge rohde rohleder rohrig romer roth rothe rudolph ruf rupp ruppersberger ruppert sachs
sander sauer sauter schaaf schade schaefer schafer schauer scheel scheer scheffler scheller schenk scherer schick
schiller schilling schindler schlegel schleich schlichting schlosser schmid schmidl schmidt schmidtke schmitt schmitz
schneider schober scholtz scholz schomber schon schramm schreiber schreiner schroder schroeder schroter schubert
schuchhardt schuler schuller schulte schultz schultze schulz schulze schumacher schumann schuster schutte schutz
schwab schwarz schweizer seidel seifert seitz seyfarth siebert siegel simon singer sommer sonntag spiess springer
stadler stahl stark steffen steffens stein steinbach steinberg steiner stephan stern stiebitz stiffel stock stoll
stolze straub strauss strobel stumpf sturm suess tanzer textor thiel thiele thies thomas trapp trauth trub trubin
uhlig ullmann ullrich ulrich unger urban vogel vogelsang vogt voigt volk volkmann vollbrecht voss wachter wagenknecht
wagner walter walther warmbold warmer weber wegener wegner weidner weihmann weimer weinhage weinhold weis weiss weller
wende wendt wenzel werner weser wessel westphal wieland wiese wilhelm wilke will wimmer winkler winter wirth witt
witte wittmann wolf wolff wolfram wulf wulff wurm zahn zander ziegler zimmer zimmermann zobel zorbach
`;
