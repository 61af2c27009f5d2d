/** Common given names and surnames of the Netherlands and Flanders, folded to plain lower case. */
export const given = `
aad aafje aaltje aart abel adriaan adriana aleida alexander amber amira amy angelina anja anke anna anne anneke
annelies annemarie anouk antje anton arend arie arjan arjen arno arthur aya ayoub bart bas bastiaan beatrijs ben
benjamin bente berend bert betty bianca bo boaz bob boris boudewijn bram brecht brent brian britt bryan carlijn carlo
cas casper catharina chantal charlotte chris christiaan christine christophe cor cornelia cornelis corrie daan daniel
danielle danny david debbie dennis dewi diana dick diederik dina dirk dirkje djamila dorien dylan eddy edwin eefje
elin eline elisabeth elise elke ella els elsbeth elsje emiel emily emma erik ernst esmee esther eva evelien eveline
evi evy faas fabian fabienne fatima feline femke fenna fenne fien filip finn fleur floor floortje floris frank frans
frederik freek frits geert geertje geertruida gerard gerben gerda gerlof gerrit gert giel gijs gijsbert gijsje
godelieve greet guido guus hanna hannah hanneke hans harm harmen harry hein heleen helena hendrik hendrika hendrikje
henk henny henri herman hessel hidde hilbert hilde hubert hugo huub ida ilja ilse imke ina indy inge ingeborg ingrid
irene iris isa isabel isabella ivo ivy jaap jacob jacoba jacobus jacqueline jade jaimy jakob jan jan-willem jana
janneke jannes jantje jarno jasmijn jasper jaydan jayden jayson jef jeffrey jelle jelmer jelte jenna jennifer jens
jente jeroen jesse jessica jet jill jip jo joanna job jochem joep joeri johan johanna johannes jolien jolijn jonas
jonathan joop joost joran jordy joris jorn jort jos josephine julia julian julie juliette julius jurgen jurre juul
kaat kai karel karin karlijn kasper katrien keano kees kevin kian kim klaartje klaas kobe koen koenraad kristof kyan
kyara kyra lana lander lara lars laura lauren lazarus leen leendert leentje lena lenn lennart leo levi liam lian lieke
lien lies liesbeth lieve lieven lilly lily lina lindsey lisa lisanne liz lize lizzy lobke loes lotte louis louise luc
luca lucas lucy luka lukas luna luuk maaike maarten maartje maas machiel madelief maik maja marc marcel marco marcus
margaretha margriet maria marieke mariette marijke marijn marike marit marjan marjolein mark marleen marlies marloes
marnix martijn mathieu mathijs mats matthias mattias maud max maxime mees mehmet meike melissa melle mels menno merel
merijn merlijn michael michelle michiel mieke miel mika mike mila milan milou miriam mirjam mirte mirthe mohamed
mohammed monique morris myrthe nadia nadine nathan neeltje nick nicky niek niels nienke nika nikki nils nina noa noah
noor noortje nora norah nout nynke olav olivia olivier oscar otto owen pascal patrick paul pepijn peter philip pien
piet pieter pim pippa puck quinten quirijn rachel raf ralf ralph raoul rayan reinier remco renate rene renee rens ria
rianne ricardo richard rik rob robbe robbert robert robin roderick roel roelof roger roland romy ronald roos roosje
rosa rosalie ruben rudi rudolf rutger ruud ryan saar sam samantha samuel sander sanne sara sarah sascha sebastiaan
selena senn senna sepp siebe siem sien sietse sil silke simon sjaak sjoerd sjors sofia sofie sophie soraya stan stef
stefan sterre steven stijn suus suzanna suzanne suze sven svenja swen sylvie sytse tara tess tessa teun theo thera
thijmen thijs thom thomas tibo tieme ties tijn tijs tim timo tine tineke tjeerd tobias tom ton toon trijntje twan tygo
valerie veerle vera vic victor vigo vince vincent wanda wannes ward warre wendy wessel wiebe wilhelmina willem
willemijn willy wim wout wouter xander xavi yannick yara yasmine yoeri youssef yves yvonne zoe
`;

export const surnames = `
aarts achthoven adriaansen aerts albers ansems appelman baas backer bakker baltes beek beekman behrens berg bergman
bergmans beurskens bezemer blaauw blok blom boeken boer bogaard bogaert bogaerts bolkesteyn bos bosch bosman
boudewijns bouwmeester brand brands brouwer brouwers bruijn bruin bruyne buijs bultheel buysse claes claessens cools
coppens cornelissen cuypers daal dam dekker dekkers denys derksen devos dewulf dijk dijkhuis dijkman dijkstra dirks
doorn driessen dubois eikenboom ellens evers everts franken frankhuizen geerts gelissen gerrits gerritsen goossens
goyaerts groen groot haan haarhuis hak hammink hart have heere hendrickx hendriks hendrix hermans heuvel hoeks
hoekstra hofman holland hoogland huberts huijsmans huizinga jacobs jansen jansens janssen janssens jaspers jongman
jonker joosten kamp kant kerkhof kikkert kleijn klein kok koning koningsveld koppens kort korte koster kramer kroon
kuijpers kuiper kuipers kurzweil lamberts lambrechts leenders leeuw lemmens linden loon louws lucassen maas maes
martens mathijsen meeus meijer melis mertens meyer michels michiels middelkoop moes mol molen molenaar moons muijs
mulder mulders muller nielen nijland noordhof nuijten oosterhuis ott otten pauwels peeters peters philips pieters poel
post postma prins proost putman rademaker ramaker reijnders renders rooijakkers roos ruiter rutten sanders schaap
schellekens schenk schepers schipper schoenmaker scholten schouten schreuders schrijver schuurman segers simons sluis
smeets smet smit smits smulders snijders spaans spijker steen steenbergen stevens stoffels stoop swart swinkels tak
teunissen theunissen thijssen tielemans timmerman timmermans toor tromp vaart veen veenstra ven verbeek verbruggen
verdonk verhaegen verhagen verhoeven verhulst verlinden vermeer vermeulen verschoor versteeg verstraete verstraten
vink visser vissers vliet vloet vogel vonk vos vries vroom walter warner water wauters willems willemsen winter wit
wolters wouters wuyts yilmaz zijl zijlstra zwart zwarts
`;
