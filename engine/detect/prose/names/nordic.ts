/** Common given names and surnames of Sweden, Denmark and Norway, folded to plain lower case. */
export const given = `
aase adam agda agnes agneta agnete ake aksel albert albin aleksander alex alexander alexandra alf alfred alice alicia
alma alva alvar alvin amalia amalie amanda anders andre andrea andreas ane anette anita ann ann-christin ann-kristin
ann-marie ann-sofie anna anna-karin anne anne-grethe anne-marie anneli annelie annette annika anton antonia aria arne
arnold arvid asbjoern asbjorn ase asger aslaug asta astrid august aurora axel barbro beate benedikte bengt benjamin
bent bente berit bernt bertha bertil birger birgit birgitta birgitte birthe bjarke bjarne bjorg bjork bjorn bo boel
borge borje brit britt britt-marie britta bror camilla carina carl carl-johan carla carolina caroline caspar casper
catarina catharina cathrine cecilia cecilie charlotta charlotte christer christian christina christine christoffer
claes clara claus conny conrad dag dagmar dagny daniel daniella david dennis ditte dorte dorthe dorthea ebba eddie
edit edith edvard edvin egil eigil eilif einar eira eirik eivind ejler elena eli elias elin elinor elisa elisabet
elisabeth elise ella elle ellen ellinor elof elsa else elsebeth elsie elvira emelie emil emilia emilie emma emmy erik
erika erling erna ernst esben eskil eskild espen ester eva evald evelina evy fabian fanny felicia felix filip filippa
finn flemming folke frank frederik frederikke fredrik freja frida fritjof frits frode geir gerd gerda gerhard gert
gitte goesta goran gorm gosta greger greta grete grethe gro gudrun gun gunhild gunilla gunnar gunnel gunvor guri
gustaf gustav hakan halfdan halvard halvor hampus hanna hannah hanne hannes hans harald harriet harry hedda hedvig
heidi heine helen helena helene helga helge helle helmer henning henny henriette henrik henry herbert herman herta
hilda hilde hilding hilma hjalmar hjordis holger hugo ib ida idun ilse inga ingalill inge ingeborg ingegerd ingela
ingemar inger ingrid ingunn ingvar ingvild irene iris isa isabella isabelle isak iselin ivan ivar iver jacob jakob jan
jan-erik jan-olof jane janne jannie jannik jarl jasmin jeanette jens jeppe jesper jessica jette jimmy joachim joacim
joakim joel johan johanna johannes john johnny jon jonas jonathan joran jorgen jorn josef josefin josefine josephine
jostein julia julie julius jytte kaare kai kaisa kaj kajsa karen kari karin karina karl karl-erik karla karolina
karoline karsten kasper katarina katja katrine keld kenneth kent kersti kerstin ketil kevin kim kirsten kirsti kjartan
kjeld kjell kjersti klara klas klaus knud knut kristen kristian kristin kristina kristine kristoffer kurt lars
lars-erik lars-goran lasse laura laurits laust lea leif leila lena lene lennart leo leon liam lilian lilly lina linda
line linnea linus lisa lisbet lisbeth lise liselotte liv livia lone lotta lotte louise lova love lovisa lucas ludvig
luna lykke mads magda magdalena magne magnhild magnus mai maj maj-britt maja majken malene malin malte malthe marcus
maren margareta margareth margit margrethe maria mariane mariann marianne marie marika marina marit marius markus
marlene marta marte martha martin martina martine mathea mathias mathilda mathilde matilda mats mattias max maximilian
meja melissa mette mia mica michael michelle mie mikael mikkel milla mille milton minna mira miriam moa mogens molly
monica monika morten nadja nanna nathalie nellie nicklas nicolai nicole niels niklas nikolaj nils nina noah noel
noomi nora oda odd oddvar oivind olaf olav ole oline oliver olivia olle olof orjan oscar oskar osten osvald otto ove
oyvind palle patrick patrik paul paula pauline pelle per pernilla pernille peter petra petrus pia poul preben
ragna ragnar ragnhild ragnvald rakel ralf rasmus rebecca rebecka regitze reidar reidun rickard rikard rikke roald
robert robin roger roland rolf ronja ronny rosa rosita roy runa rune ruth sabina sabine saga samuel sander sandra
sanna sanne sara sarah sebastian selma sigfrid sigmund signe sigrid sigrun sigurd silas silje simon simone sindre siri
siv sivert sixten sofia sofie solveig solvej sonja sophie soren staffan steen stefan stein stella sten stian stig
stina stine sture sune susanne suzanne svante svea svein sven svend synne synnove tage tanja tea teodor terese thea
theis theo theodor therese thomas thor thora thorbjorn thorkild thorsten tilda tilde tim tina tindra tine tobias tom
tommy tone tor tora torben tord tore torgeir torgny torill torkel torleif tormod torsten torunn tove trine troels
trond trygve tuva tyra uffe ulf ulla ulla-britt ulrich ulrik ulrika ulrike unni ursula valdemar vanessa vanja vegard
vera veronica vibeke victor vidar vidkun vigdis vigga viggo viktor viktoria vilde vilhelm vilja villads villy vilma
vincent viveka vivi vivianne waldemar walter wenche werner wilhelm william wilma ylva yngve yvonne
`;

export const surnames = `
aas aasen aberg abrahamsen abrahamsson adamsson ahlberg ahlgren ahlstrom akerlund akerman akesson alm almgren amundsen
andersen anderson andersson andreasen andreasson andresen antonsen antonsson appelgren arnesen arnesson aronsson
arvidsson asp asplund astrom axelsen axelsson bach backlund backman backstrom bakke bakken bang bech beck bendtsen
bengtsson berg berge berger berggren berglund bergman bergquist bergqvist bergstrom berntsen berntsson bertelsen birk
bisgaard bjerre bjork bjorklund bjorkman blom blomberg blomqvist bodin bohlin boman borg borgen borgesen borjesson
bostrom brandt bro broberg brodersen brodin brun bruun bryld buch bundgaard bylund bystrom carlsen carlson carlsson
christensen christiansen christiansson christoffersen claesson clausen clemmensen dahl dahlberg dahlgren dahlin
dahlstrom dam damgaard danielsen danielsson davidsen davidsson degn ditlevsen edlund edvardsen eide ejlersen ek ekberg
ekblad eklund ekman ekstrom eliasson ellingsen emanuelsson enevoldsen engberg engdahl engen engstrom ericsson eriksen
eriksson erlandsson eskildsen evensen fagerberg falk fischer fisker fjeld fog forsberg forslund forsman frandsen
fransson franzen frederiksen fredriksen fredriksson friis frisk frost gabrielsen gabrielsson gade gerhardsen grahn
gran granberg green gregersen gronlund gundersen gunnarsson gustafson gustafsson gustavsen gustavsson haagensen hald
hallberg hallgren halvorsen hammarstrom hammer hansen hanssen hansson hauge haugen haugland hedberg hedin hedlund
hedman hedstrom helgesen hellberg hellgren hellstrom hemmingsen hemmingsson henningsen henriksen henriksson hermansen
hermansson hjort hoff hoffmann hogberg hoglund hojgaard holgersson holm holmberg holmgren holmqvist holmstrom holst
hougaard houmann hult hultgren ingvarsson isaksen isaksson israelsson ivarsson iversen jacobsen jacobsson jakobsen
jakobsson jansson jensen jenssen jeppesen jepsen jespersen jessen joensen johannesen johannessen johannesson johannsen
johansen johanson johansson johnsen johnsson jonassen jonasson jonsson jorgensen josefsson juhl just justesen juul
karlsen karlsson kaspersen kirkegaard kjaer kjar kjellberg klausen klint knudsen knutsen knutsson koch kofoed kragh
kristensen kristiansen kristiansson kristoffersen krogh kronborg kruse kvist lange larsen larson larsson lassen
laugesen lauridsen lauritsen laursen laustsen lie lien lilja lind lindahl lindberg lindblad lindblom linde lindell
linden linder lindgren lindholm lindkvist lindqvist lindskog lindstrom linnet ljung ljungberg ljunggren lorentzen
lorentzon lovgren lund lundberg lundblad lunde lundgaard lundgren lundholm lundin lundqvist lundsgaard lundstrom lykke
lynge madsen magnusen magnussen magnusson malm malmberg malmstrom markussen martensen martensson martinsen martinsson
mathiasen mathiassen mathiesen mathisen mattson mattsson mikaelsson mikkelsen moberg moe moen mogensen mohamed
molander moller mork mortensen munch munk myhre myrberg nielsen nilsen nilsson nissen norberg nordberg nordgren nordin
nordstrom noren norgaard norgren norling norman norstrom nyberg nygaard nygard nygren nyholm nylander nyman nymand
nystrom oberg odegaard odman oestergaard ohlsson ohman ohrn olander olausson oldenburg olesen olofsson olsen olson
olsson oscarsson ostberg osterberg ostergaard ostlund ottosen ottosson overgaard palm palsson paulsen paulsson
pedersen persen persson petersen petersson pettersen pettersson pihl poulsen quist quistgaard rask rasmussen ravn
ravnborg reinholdt riis rod roed romer ronning rosen rosenberg rosengren rosenkvist runesson ruste ruud ryberg rydberg
salomonsson samuelsen samuelsson sandberg sandgren sandstrom sandvik schmidt schou schultz seidelin sejersen
severinsen simonsen simonsson sjoberg sjodin sjogren sjolund sjostedt sjostrom skaarup skoglund skov skovgaard skytte
sloth smed soderberg sodergren soderholm soderlund soderman soderstrom soholm solberg solheim sommer sondergaard
sorensen spangberg stahl stahlberg steen steensen stefansson steffensen stenberg stensson stenstrom storm strand
strandberg strom stromberg stromqvist sund sundberg sundin sundqvist sundstrom susegaard svanberg svane svard svendsen
svenningsen svenson svensson swahn sylvest tangen thaysen therkelsen thomasen thomassen thomsen thoresen thorn thorsen
thorsson thuesen thygesen toft tollefsen tonnesen tornqvist torp torres torstensson tran uhrenholdt ulriksen vad vang
vedel vestergaard viklund villadsen vinther vogel voss waage wahlberg wahlgren wahlstrom wallin wang warming westberg
wester westergaard westergren westerlund westin westman wiberg wickstrom wiklund wikman wikstrom winberg winther worm
wulff zachariassen zetterberg zetterlund zetterstrom
`;
