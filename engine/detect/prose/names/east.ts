/** Common given names and surnames of Czechia, Slovakia, Hungary, Romania, Croatia, Slovenia, Bulgaria and Greece, in Latin script and folded. */
export const given = `
adela aikaterini alena ales alexandros alexandru alzbeta ana anastasia anca andreea andrei andrej andriy aneta anezka
angeliki antonin arpad athanasios attila balazs barbora bela bence blaz bogdan bojan boris bozena branimir branko
bratislav christos cosmin cristian cristina csaba dalibor damir dana daniela david denisa diana dimitar dimitra
dimitrios dimitris dorottya dragan dragos drazen dusan edina elena eleni emese emilia eniko erzsebet eszter eva evzen
ferenc filip florin frantisek gabor gabriela georgi georgia georgios gergely gheorghe giorgos gyorgy gyula hana helena
horia hristo igor ileana ilias ilona imre ioana ioannis iolana ion ionut iosif iryna istvan iulia iva ivan ivana
ivanka iveta jan jana janez janos jaroslav jaroslava jelena jiri jirina jitka josef josip jozef jozsef judit juraj
karel karoly kata katalin katarina katerina klara klaudia konstantinos kostas kristina kristof ladislav lajos laszlo
lenka libor lubomir lucia lucie ludmila lukas luminita maja marek margit maria marian mariana marija marijana marika
marin marketa marko marta martin martina matej mateja matija matyas michaela michal mihaela mihai miklos milada milan
milena milica miloslav mircea mirjana mirko miroslav monika mykola nadezda natalia nela nenad nevena nicoleta nikola
nikolaos nikolay nikos norbert oana oksana oldrich oleksandr olena olga ondrej orsolya otakar panagiotis pavel pavla
pavlina petar peter petr petra petya piroska plamen radek radka radomir radu raluca razvan renata rene robert roman
rostislav roxana ruzena sandor sara sasa serhiy silvia simona sofia sona sorin spyros stanislav stefan stela stelian
stipe stoyan svetlana svitlana tamas tatjana tereza tetiana theodoros tibor tihomir timea todor tomas tomislav traian
tunde vaclav valentin valeria vasil vasile vasilis vassiliki veronika vesna viktor viorel viorica vit vladimir
vladislav vlasta vojtech volodymyr yordan yulia zdenek zdenka zita zlata zlatko zoltan zsofia zsolt zsuzsanna zuzana
zvonimir
`;

export const surnames = `
babic balog balogh bartos benes beran blaha blazek bondarenko bozic brankovic cermak cerny dimitrov dimitrova dobos
dolezal dragomir dumitru dusek dvorak fabian farkas fekete fiala fodor gal georgiev georgieva georgiou hajek halasz
havel hegedus hlavac holub horvat horvath hruska ilie ionescu ivanov ivanova jelinek juhasz kadlec kiss klima knezevic
kocsis kolar kolaric konecny kopecky kovac kovacevic kovacic kovacs kovalenko kovar kral kratochvil kravchenko krejci
kriz kubat kucera lakatos lukacs maly marek maric markovic matei meszaros moldovan molnar moravcik moravec mraz
munteanu musil nagy nedved nemec nemes nemeth nikolaidis nikolov novak novotny olah orban oroszlan papadakis
papadopoulos papp pavlik pavlov peric pesek petrov petrova pokorny polak pop popa popescu popov popovic pospisil
prochazka radu richter ruzicka sedlacek sedlak shevchenko sima simek simko simon sindelar sipos slavik smid soukup
stan stanciu stastny stoica stoyanov svoboda sykora szabo szalai szilagyi szucs takacs tesar tichy tkachenko todorov
toma tomic toth turek urban vacek vanek varga vasile vavra vesely vidic vlcek vlk vondra vukovic zelenka zeman zupan
zupancic
`;
