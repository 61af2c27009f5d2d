/** Common given names and surnames of Poland, folded to plain lower case. */
export const given = `
adam adrian adrianna agata agnieszka albert aleks aleksander aleksandra aleksy alfred alicja alina alojzy amelia
anastazja andrzej angelika aniela anita anna anna-maria antoni antonina apolonia ariel arkadiusz artur augustyn
aurelia barbara bartek bartlomiej bartosz beata bernard blanka blazej bogdan bogumil boguslaw boguslawa boleslaw borys
bozena bronislaw bronislawa bruno cecylia celina cezary cyprian czeslaw czeslawa dagmara damian daniel daniela danuta
darek dariusz dawid dezydery diana dominik dominika donata dorota edward edyta eleonora eliza elwira elzbieta emil
emilia ernest erwin eryk eugeniusz eustachy ewa ewelina fabian faustyna felicja feliks ferdynand filip florentyna
franciszek fryderyk gabriel gabriela gaja genowefa grazyna grzegorz gustaw halina hanna helena henryk henryka hubert
ida iga ignacy igor ilona inga irena ireneusz irmina iwo iwona iza izabela izabella jacek jadwiga jagoda jakub jan
janina janusz jaroslaw jedrzej jeremi jerzy joanna jola jolanta jozef jozefa judyta julia julian julianna juliusz
jurek justyna kacper kaja kajetan kalina kamil kamila karina karol karolina kasia kasper katarzyna kazimierz kinga
klara klaudia klemens konrad konstanty kordian kornel kornelia krystian krystyna krzysiek krzysztof ksawery lech lena
leokadia leon leonard leszek lidia lila liliana liwia lucja lucjan ludwik ludwika luiza lukasz maciej magda magdalena
maja maks maksymilian malgorzata malwina marcel marceli marcelina marcin marcjanna marek maria marian marianna mariola
mariusz marta martyna maryla maryna mateusz matylda maurycy melania michal michalina mieczyslaw mieszko mikolaj mila
milena milosz miroslaw miroslawa monika nadia natalia natan nataniel natasza nela nicole nikodem nikola nina norbert
olaf olga olgierd oliwia oliwier oskar otylia patrycja patryk paulina pawel piotr pola przemyslaw radoslaw rafal
regina renata robert roch roksana roman roza rozalia ryszard sandra sara sebastian seweryn slawomir sonia stanislaw
stanislawa stefan stefania stella sylwester sylwia szczepan szymon tadeusz tamara teodor teresa tobiasz tola tomasz
tomek tymon tymoteusz tytus urszula waclaw waldemar walentyna wanda wawrzyniec weronika wieslaw wieslawa wiktor
wiktoria wincenty wioletta wit witold wladyslaw wladyslawa wlodzimierz wojciech zaneta zbigniew zdzislaw zenon zofia
zuzanna zygmunt
`;

export const surnames = `
adamczak adamczewski adamczyk adamski andrzejczak andrzejewski augustyn augustyniak bak balcerzak banach banas baran
baranowski barczak bartczak bartkowiak bartosik bartosz bas bednarczyk bednarek bednarz bielak bielawski bielecki bien
bieniek biernacki blaszczyk bober bobrowski bogucki bogusz borek borkowski borowiec borowski brzezinski brzozowski
buczek budzynski bujak bukowski burzynski cebula chmiel chmielewski chojnacki chrzanowski chudzik cicha cichocki cichy
cieslak cieslik cybulski cygan czaja czajka czajkowski czarnecki czech czerwinski czyz dabek dabrowski dobosz
dobrowolski domagala domanski drozd dubiel duda dudek dudziak dudzik dziedzic fijalkowski fila filipek filipiak
filipowicz florczak florek frackowiak franczak frankowski furman gajda gajek gajewski gala galazka galka gawel gawlik
gawron gawronski gil glinski glowacki gluszek godlewski golab goldyn golebiewski golonka gorecki gorka gorny gorski
grabowski graczyk grochowski gromek grudzien gruszka grzegorczyk grzelak grzesiak grzyb gutowski guzik hajduk halas
hetman iwanowski iwanska izdebski jablonski jackowski jagiello jagielski jakubiak jakubowski janas janczak janiak
janicki janik janiszewski jankowski janowski januszewski jarosz jaroszewski jasinski jaskolski jaworski jedrzejczak
jedrzejewski jezierski jozefowicz jozwiak jurek jurkiewicz kaczmarczyk kaczmarek kaczor kaczorowski kaczynski
kalinowski kaluza kaminski kania karczewski karpinski karwowski kasprzak kasprzyk kazmierczak kedzierski kisiel
klimczak klimek klosowski kmiecik knap kobus kochan kokot kolasa kolodziej kolodziejczyk konieczny konopka kopczynski
kopec koper koralewski kos kosiba kosinski kosior kosowski kostrzewa koszyk kot kotowski kowal kowalczyk kowalewski
kowalik kowalski koza kozak kozakiewicz koziel kozik koziol kozlowski krajewski krakowiak krawczak krawczyk krawiec
krol krolikowski kruk krupa krysiak krzeminski krzyzanowski kubacki kubiak kubica kubicki kubik kucharczyk kucharski
kuczynski kujawa kukla kulak kulesza kulik kupiec kurek kurowski kusnierz kuzniar kwiatkowski kwiecien labuda lach
lakomy lasek laskowski lech lesniak lesniewski leszczynski lewandowski lewicki lipinski lipski lis lisiecki lisowski
luczak lukasik lukaszewski maciejewski mackowiak madej madry maj majcher majchrzak majewski majka makowski malec
malecki malek malinowski malkowski marchewka marciniak marcinkowski marczak marek markiewicz markowski maslowski
matusiak matuszak matuszewski matyja mazur mazurek mazurkiewicz mendrek michalak michalik michalowski michalski
mielczarek mikolajczak mikolajczyk mikulski milczarek milewski miller misiak mlynarczyk molenda morawski mroczek
mroczkowski mroz mrozek mucha murawski musial muszynski napierala nawrocki niedzwiedzki niemiec nowacki nowak
nowakowski nowicki ochman olejniczak olejnik olszewski orlowski orzechowski osinski ostrowski owczarek pajak pakula
paluch panek pawelczyk pawelec pawlak pawlik pawlowski piasecki piatek piatkowski piechota pieczonka piekarski pietras
pietrzak pietrzyk piotrowski piwowarczyk podgorski polak popiela poplawski przybyl przybylski przybysz ptak pytel
raczka raczynski radomski radzik rak rogala rogalski rogowski rojek romanowski rosinski rozanski rudnicki rudzinski
rutkowski rybak rybarczyk rybicki rzepka sadowski sawicki serafin siedlecki sieg sieradzki sikora sikorski siwek
siwiec skiba skibinski skoczylas skowron skowronek skowronski skrzypczak skrzypek slowik slowinski smolinski sobczak
sobczyk sobieraj sobolewski socha sokol sokolowski solecki sosnowski sowa sowinski stachowiak stachowicz stachura
stanczyk staniszewski stankiewicz stasiak staszewski stefaniak stefanski stelmach stepien stepniak stepniewski
strzelczyk strzelecki sudol suwala swiatek swiderski swierczynski szafran szczepaniak szczepanik szczepanski szczesny
szczurek szczygiel szewczak szewczyk szulc szwed szydlowski szymanek szymanowski szymanski szymczak szymczyk tkacz
tkaczyk tomala tomasik tomaszewski tomczak tomczyk trojanowski turek tyminski tyszkiewicz urban urbanek urbaniak
urbanski wach walczak walczyk waligora walkowiak wasik wasilewski wawrzyniak weglarz wegrzyn werner wierzbicki wilczek
wilczynski wilk winiarski wisniewski witek witkowski wlodarczyk wnuk wojcicki wojciechowski wojcik wojda wojtas
wojtczak wojtowicz wolak wolny wolowiec wolski wozniak wrobel wroblewski wrona wronski wysocki zabek zaborowski zajac
zajaczkowski zajdel zak zakrzewski zalewski zaremba zarzycki zawada zawadzki zawisza zelazny zieba zielinski zietek
zimny ziolkowski zuchowski zurek zwolinski zych zyla
`;
