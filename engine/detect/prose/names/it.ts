/** Common given names and surnames of Italy, folded to plain lower case. */
export const given = `
achille ada adele adelmo adriana adriano agata agnese agnolo agostino aimone alba alberico alberto alda aldo
alessandra alessandro alessia alessio alfio alfonso alfredo alice alina allegra amadeo amalia amanda ambra amedeo
amelia amerigo amleto anastasio andrea angela angelica angelina angelo anita anna annalisa annamaria annetta annibale
annunziata anselmo antonella antonello antonia antonietta antonina antonino antonio aria arianna armando arnaldo
arnulfo arturo asia atenulfo augusto aurelia aurora azeglio baccio baldassare barbara bartolomeo beatrice benedetta
benedetto beniamino benito benvenuto berenice bernardo bettina bettino biagio bianca bruno calcedonio calogero camilla
camillo carla carlo carlotta carmela carmelo carolina caterina cecilia cesare chiara cinzia cipriano ciro claudia
claudio clelia clementina coluccio concetta corrado cosimo costantino costanzo cristian cristiano cristina dalila
damiano daniela daniele danilo dante daria dario davide debora delfino diana diego dina dino dolores domenica domenico
donatella donatello donato donna durante edoardo elena eleonora elia eliana elisa elisabetta eliseo elladio elmo
eloisa elvira emanuela emanuele emilia emiliana emilio emma enrica enrico enzio enzo erica erika ermanno ermenegildo
ermes ernesto ester etta ettore eugenia eugenio eva evangelista fabia fabio fabiola fabrizia fabrizio fausto fedele
federica federico felice ferdinando fernanda fiamma filippa filippo fiorella fiorenza fiorino flavia flavio flora
florio fortunata franca francesca francesco franco fredo fulvia fulvio gabriele gabriella gaetano galasso gaspare
gastone gelsomina gemma gennaro geronimo giacinto giacobbe giacomo giada giampaolo giampiero gian giancarlo gianfranco
gianluca gianluigi gianmarco gianna gianni gilberto gino gioacchino gioachino gioele gioffre gionata giorgia giorgio
giovanna giovanni girolamo gisella giuditta giulia giuliana giuliano giulietta giulio giuseppe giuseppina giustino
gloria goffredo graziano graziella greco greta griselda guarino guglielmo guido gustavo hugo ida ignazio ilaria ilario
imelda ines innocenzo iolanda ippazio irene irma isa isabella ivan ivana ivo jacopo jolanda lando lara laura lauretta
lazzaro leonardo leone leopoldo letizia lia liana liberto licia lidia liliana lilla lina lino lisa livia livio
loredana lorenzo loretta luca lucia luciana luciano lucio lucrezia ludovica ludovico luigi luigina luisa maddalena
manuel manuela marcella marcello marco margherita maria mariana marianna mariano marika marina mario marisa marissa
marta martina martino massimiliano massimo matilda matilde matteo mattia maura maurilio maurizio melania melissa
mercedes michela michelangelo michele michelotto milena mimma mina mirco mirella miriam mirko monica morena moreno
nadia nanni napoleone natalia natascia nedda nico nicola nicoletta nicolo nina ninetta nino noemi nunzia olga olivia
omar orazio orlando ornella osvaldo ottavio ottone pamela paola paoletta paolo paride pasqual pasquale pasqualina
patrizia patrizio paulina pellegrino pia pier piergiorgio pierina pierluigi piermaria piero pietro pina pompeo
priscilla raffaele raffaella raffaellino raimondo ramona rebecca regina remigio renata renato renzo riccardo rina rita
roberta roberto rocco rodolfo roman romana romeo romina romolo ronaldo rosa rosalia rosanna rosaria rosario rosina
rossana rossella ruggero ruggiero sabatino sabina sabrina salvatore salvi sandra sandro santina santo sara saverio
sebastiano serafina serena sergio sigismondo silvana silvano silvestro silvia silvio simone simonetta sofia sole sonia
stefani stefania stefano stella susanna sylvia tatiana telemaco temistocle teodoro teresa tina tiziana tiziano tommaso
toni tonia torquato tullio ubaldo uberto ugo ugolino umberto valentina valentino valeria valerio vanessa vera veronica
victoria vincenza vincenzo viola virgilio virginia vito vittoria vittorio viviana zaira
`;

export const surnames = `
abate acquaviva adinolfi agnelli agostini albanese alberti aldobrandi alfonsi alighieri aloisio amato ammaniti angeli
angelini antonelli antonello antonini antonucci aporti arcuri ariosto armani avogadro baglioni bajardi balbi baldi
baldini barbarigo barberini barbieri barcaccia barillaro barone barozzi barresi bartoli basile basso battaglia
battisti beccaria bellini bellucci bembo benedetti benigni benussi berlusconi bernardi bernardini bertoli bettoni
biagi bianchi bianchini bianco bignami bocca boccaccio bonanno bonatti bonolis bonomo borghi borgia borromeo boselli
bosio bosurgi bottigliero bova brambilla branciforte brugnaro brunelleschi bruni bruno bruscantini busoni caccianemico
caetani cafarchia calarco calbo calgari callegari camanni camiscione campanella campano canali canetta cannizzaro
canova capone caporali cappelli capuana caputo caracciolo carbone cardano carducci carfagna carli carosone caruso
casadei casagrande casarin castelli castellitto castiglione catalano cattaneo cavalcanti cavalli cavanna ceci
celentano ceri cerquiglini cesaroni chechi cherubini chiesa chindamo ciani cicala cilea cimarosa cirillo cocci
colletti colombo columbo comencini comisso comolli contarini conte conti contrafatto coppola corradi correr corsini
cossiga costa costalonga costantini costanzi cremonesi crespi cristoforetti cundari cuomo curatoli cusano d'alessandro
d'amico d'angelo d'annunzio d'antonio dalla dallape dandolo davide de-luca de-rosa de-santis del-tufo deledda
delle-grottaglie depero desio disdero donati donatoni donini doria draghi duodo duse einaudi emanuelli emo endrizzi
errani esposito eugenii fabbri fabrizi faggiani falcone falier fallaci fantini fantoni farina farinelli farnese
ferrante ferrara ferrari ferraris ferrero ferretti ferri ferrucci festa fibonacci filangieri filogamo filzi fioravanti
fiore fiorentini fischetti flaiano fo foa fogazzaro folliero fontana forti foscari franceschi franchi franzese
frescobaldi fusco fuseli gabba gabrieli gaggini gagliano gaiatto galeati galilei galli gallo gangemi gargallo
garibaldi garozzo garzoni gasparri gasperi gatti gatto gelli gemito genovese gentile gentileschi gentili germano
ghislanzoni giacometti gianetti giannelli gigli gilardoni ginese giordano giorgetti giovine giulianelli giuliani
giulietti giunti giusti giustiniani goldoni golgi golino gori gotti gozzano gozzi gramsci granatelli grassi grasso
graziani greco grifeo grimani gritti gualandi guarana guarato guarneri guerra guicciardini guidi guidotti guinizzelli
guttuso iacovelli iadanza iannelli iannucci interiano interminei jacuzzi jilani juvara lamborghini lanfranchi lattuada
leonardi leoncavallo leone leonetti lercari ligorio lollobrigida lombardi lombardo longo lopresti loredan lovato
lucarelli lucchesi luciani luria luzzatto maccanelli maderna maderno maffei maggi maglio magnani majewski malacarne
malatesta malenchini malipiero malpighi mancini mannoia manunta manzoni marangoni marazzi marcacci marchesi marchetti
marenzio mariani marinetti marini marino marrone martelli martinelli martini martucci mascagni masiero massari
mastandrea mastroianni mattarella matteotti mazza mazzacurati mazzanti mazzeo mazzi mazzini mazzocchi medici melani
mengolo mennea mercadante mercantini merisi messina metella meucci micca micheletti migliaccio milani milano miniati
mocci mocenigo modiano modugno molesini monaco monduzzi montalcini montalti montanari montanariello montanelli monte
montecchi montesano montessori monteverdi monti morabito morandi morandini moresi moretti morgagni morlacchi moro
morosini morpurgo moschino muratori musatti mussolini muti naccari nadi napolitano necci negri nibali nicoletti nievo
nitto norbiato nordio nosiglia notarbartolo novaro offredi oliboni olivetti onio orengo orlando orsini ortese oscuro
ossani ostinelli ottino pace pacelli pacetti pacillo pacomio padovano paganini pagano pagliaro palazzo palladio
palmieri palombi palumbo panatta panicucci panzera paolini papafava papetti pareto parini parisi parmitano parpinel
pascarella pasolini pavanello pavarotti pavone pederiva pedersoli pedrazzini pellegrini pellegrino pellico peranda
pergolesi perini perozzo persico pertile perugini petrocelli petrucci petrucelli petruzzi piacentini piane piazzi
piccinni piccio piccolo pietrangeli pigafetta pignatti pincherle pininfarina pirandello piras pisacane pisani pisano
pisaroni pizzamano pizzetti pizziol platini poerio polani polesel polizzi pometta pontecorvo ponti porcellato porzio
pozzecco prada pratesi prati prodi proietti puccini puglisi pulci querini raffaello raimondi ramazzotti randazzo
rapisardi rastelli razzoli redi renault renier ricci ricciardi ricolfi righi rinaldi riva rizzi rizzo rizzoli roberti
roccabonella roero romagnoli romano romiti rosiello rosmini rosselli rossellini rossetti rossi rossini rosso ruberto
ruffini ruggeri ruggiero russo sabatini saffi sagese sagredo salandra salata salvemini salvini salvo sanguineti
sansoni santi santini santoro sanudo saragat sartori satriani sauli sauro savorgnan sbarbaro scalfaro scamarcio
scarfoglio scarlatti scarpa scarpetta schiaparelli schiavo schiavone sciacca scialpi scotti seddio segni segre
semitecolo serao serlupi serraglio sforza sgalambro sibilia silvestri simeoni sinisi sismondi sobrero soderini soffici
solari solimena sommaruga sonnino soprano soranzo sordi sorrentino spadafora spallanzani spanevello speri spinelli
sraffa staglieno stefanelli storladi stradivari strangio stucchi surian sustermans svevo taccola tafuri taliercio
tamborini tamburello tanzini tarantini tarchetti tartini tasca tasso tedesco tencalla terragni tiepolo tirabassi
togliatti tolentino tomaselli tomasini tomei toninelli tonisto toscani toscanini toselli tosi toso travaglia travaglio
travia trebbi treccani tremonti trentin treves trevisan trevisani trezzini trillini trincavelli troisi tron troncone
trotta trupiano turati turchetta turchi tuzzolino udinesi ungaretti valentini valguarnera valier valmarana varano
vecellio vendetti venditti veneziano venier ventura venturi verdi verdone verga vergerio vespa vespucci vezzali
vianello viani vidoni villa villadicani viola virgilio vismara vitale vitali vitturi vivaldi viviani volta volterra
zabarella zaccagnini zaccardo zacchia zagarelli zamengo zampa zanazzo zanetti zanzi zarlino zecchini zeffirelli
zetticci zichichi zito zola zoppetti zoppetto zorzi
`;
