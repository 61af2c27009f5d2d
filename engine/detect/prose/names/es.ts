/** Common given names and surnames of Spain, folded to plain lower case. */
export const given = `
aaron abel abigail abraham abril adalberto adela adelaida adelia adolfo adoracion adrian adriana africa agapito agata
agustin agustina aina ainara ainhoa aitana aitor aitziber alba albano albert alberto alejandra alejandro alejo alex
alexandra alfonso alfredo alicia alma almudena alondra alvaro amada amador amalia amancio amanda amando amaro amelia
amor ana anabel anastasia anastasio andrea andreina andres andreu angel angela angeles angelina angelino angelita
aniceto anita anna anselma anselmo antonia antonio anunciacion apolinar araceli aranzazu arcadio arcelia ariadna ariel
ariela armando arnau aroa arsenio arturo asdrubal asuncion atilio aurea aurelia aurelio aurora azahara baldomero
balduino baltasar barbara bartolome basilio baudelio beatriz belen belinda benigno benita benito benjamin bernabe
bernarda bernardino bernardita bernardo berta berto bibiana bienvenida blanca blas bonifacio borja brigida bruna bruno
buenaventura calista calisto calixta calixto camila camilo candela candelaria candelario candida candido caridad
carina carla carles carlito carlos carlota carmela carmelita carmelo carmen carmina carolina casandra casemiro
casimiro catalina cayetana cayetano cebrian cecilia celestina celestino celia celso cesar chema chita chucho chus
cintia ciriaco cirino clara claudia claudio clemente clementina cleto clotilde concepcion concha conchita constanza
consuelo cornelio corona cosme cristian cristina cristobal cruz curro custodia custodio dafne dalila damian dani
daniel daniela danilo dario david debora delfina demetrio desiderio desire diana diego dimas dionisia dionisio dolores
dominga domingo domitila donatella donato dora dorita dulce edelmira edelmiro edgardo edmundo edu eduardo eladio elba
elena eleuterio eli elias eligia eligio elisa elisabet eliseo elodia eloisa eloy elpidio elvira emelina emigdio emilia
emiliana emiliano emilio emma emperatriz encarna encarnacion encarnita enric enrique enriqueta epifanio eric erika
ernesto esmeralda esperanza esteban estefania estela ester estrella etelvina eufemia eugenia eugenio eulalia eusebio
eustaquio eutimio eutropio eva evangelina evaristo evelia fabia fabian fabiana fabio fabiola fabricio fatima faustino
fausto federico felicia feliciana feliciano felicidad felipa felipe felix fermin fernanda fernando ferran fidel fidela
filomena fito flavia flavio flor flora florencia florencio florentina florentino florina fortunata fortunato francisca
francisco francisco-javier francisco-jose fulgencio gabino gabriel gabriela gala galo gaspar gema genoveva geraldo
gerardo german gertrudis gervasio gil gilberto gisela gloria godofredo gonzalo goyo gracia graciana graciano graciela
gregorio griselda guadalupe guillermo guiomar gumersindo gustavo hector heliodoro heraclio herberto heriberto
hermenegildo herminia herminio hernan hernando hilario hilda hipolito horacio hortensia hugo humberto ibai ignacia
ignacio iker ildefonso imelda inaki ines inigo inma inmaculada inocencio irene iris irma isa isaac isabel isaias
isaura isidora isidoro isidro ismael itziar ivan ivette jacinta jacinto jacobo jafet jaime jaume javi javier javiera
jenaro jennifer jenny jeronimo jessica jesus jesusa jimena joan joaquin joaquina joel jonatan jordana jordi jorge jose
jose-angel jose-antonio jose-carlos jose-luis jose-manuel jose-maria josefa josefina josep josue jovita juan
juan-antonio juan-carlos juan-francisco juan-jose juan-luis juan-manuel juana juanita juanito judith julia julian
juliana julie julieta julio julio-cesar justina justino justo kike lalo lara laura laureano lazaro lea leandra leandro
leire leocadia leocadio leonardo leoncio leonel leonor leopoldo leticia leyre lidia ligia liliana lina lino lisandro
loida lola lope lorena lorenza lorenzo loreto lourdes luca lucas lucho lucia luciana luciano lucila lucio ludovico
luis luis-miguel luisa luisina luna lupita luz macarena macario magdalena maite malena mamen manola manolo manu manuel
manuela manuelita mar marc marcela marcelino marcelo marcia marcial marciano marco marcos margalida margarita maria
mariana mariangeles mariano maribel maricela maricruz marina mario marisa marisela marisol marita marta marti martin
martina martirio mateo matias matilde maura mauricio maxi maximiano maximiliano maximino maximo mayra melania melchor
melisa mercedes meritxell micaela miguel miguel-angel miguela milagros miranda mireia miriam modesta modesto moises
monica montserrat morena muriel nacho nacio nadia nando narciso natalia natalio natanael natividad nayara nazaret
nelida nerea nereida nestor nicanor nicasio nicodemo nicolas nicolasa nieves nilda nilo noa noe noelia noemi norberto
nuria nydia obdulia octavia octavio odalys ofelia olalla olegario olga olimpia olivia omar onofre oriana oriol orlando
oscar osvaldo otilia ovidio pablo paca pacifica paco palmira paloma pancho paola pascual pascuala pastor pastora
patricia patricio paula paulina paulino paz pedro pelayo pepa pepe pepito perla petrona pia piedad pilar pio placida
placido plinio poncio porfirio primitiva primitivo prospero prudencia prudencio purificacion querubin quique quirino
rafa rafael rafaela raimundo ramiro ramon ramona raquel raul rebeca regina reina reinaldo remedios remigio renata
renato rene reyes reyna ricarda ricardo rico rigoberto rita roberta roberto rocio rodolfo rodrigo rogelio rolando
roldan roman romualdo roque rosa rosalia rosalina rosalinda rosalva rosario rosaura rosenda rosendo rosita roxana
ruben rufina rufino ruperta ruperto ruth ruy sabina salud salvador salvadora samanta samuel sancho sandalio sandra
santiago santos sara sarita saturnina saturnino saul sebastian selena serafin serafina sergio severiano severino
severo silvestre silvia silvio simon simona socorro sofia sol soledad sonia soraya sosimo susana susanita tadeo tamara
tania tatiana tecla telmo teo teobaldo teodora teodoro teodosio teofila teofilo tere teresa teresita tiburcio timoteo
tito tomas tomasa toni trini trinidad tristan ubaldo urbano urraca ursula valentin valentina valeria valerio valero
vanesa vasco venceslas vera veronica vicenta vicente victor victoria victoriano victorino vidal vilma vinicio violeta
virgilio virginia visitacion viviana wilfredo xavier ximena xiomara yago yaiza yasmina yesenia yolanda zacarias zaida
zaira zoraida
`;

export const surnames = `
abad abascal abella abellan abril acedo acero acevedo acosta acuna adan aguado agudo aguila aguilar aguilera aguirre
agullo agusti agustin alarcon alba alberdi alberola alberto alcalde alcantara alcaraz alcazar alcolea alegre alegria
aleman alfaro alfonso aliaga allende almagro almansa almazan almeida alonso alvarado alvarez alvaro amador amat amaya
amigo amo amor amoros anaya andrade andres andreu angel anglada anguita anton antunez aparicio aragon aragones
aramburu arana aranda araujo arce arco arcos arellano arenas arevalo arias ariza arjona armas armengol arnaiz arnal
arranz arregui arribas arrieta arroyo artigas asenjo asensio atienza avila ayala ayllon ayuso aznar azorin badia baena
baeza balaguer ballester ballesteros banos baquero barba barbera barcelo barco baro barragan barranco barreda barrena
barrera barriga barrio barrios barroso bartolome bastida batalla batlle bautista bauza bayo bayon bayona becerra
bejarano belda bellido belmonte beltran benavente benavides benet benitez benito berenguer bermejo bermudez bernad
bernal bernat berrocal bertran blanch blanco blanes blasco blazquez boada bolanos bonet bonilla borja borras borrego
bosch botella bou bravo briones bru bueno burgos bustamante bustos caballero cabanas cabeza cabezas cabo cabrera
cabrero caceres calatayud calderon calleja calvet calvo calzada camacho camara camino campo campos campoy camps
canales canas canete cano canovas canto caparros capdevila carbajo carballo carbo carbonell cardenas cardona carlos
carmona carnero caro carpio carranza carrasco carrera carreras carretero carrillo carrion carro casado casal casals
casanova casanovas casares casas cases castell castellanos castells castillo castro catala catalan cazorla cerda
cerdan cerezo cervantes cervera chacon chamorro chaparro chaves chico cid cifuentes cisneros clavero clemente cobo
cobos coca coll colom coloma colomer comas company conde conesa contreras corbacho cordero cordoba cornejo corominas
coronado corral correa cortes cortina costa crespi crespo criado cruz cuadrado cuellar cuenca cuervo cuesta cueto
davila delgado diaz diego diez dominguez donaire donoso duarte duenas duran echevarria echeverria egea elias elorza
enriquez escamilla escobar escolano escribano escriva escudero espada espana esparza espejo esteban esteve estevez
estrada exposito fabregas fajardo falco farre feijoo feliu fernandez ferran ferrandez ferrando ferrer ferrero figueras
figueroa fiol flor flores folch fonseca font fortuny franch francisco franco frias frutos fuente fuentes fuertes
fuster galan galiano galindo gallardo gallart gallego gallegos galvan galvez gamez garay garces garcia gargallo
garmendia garrido garriga garzon gascon gaya gelabert gibert gil gilabert gimenez gimeno giner giralt giron girona
godoy goicoechea gomez gomila gomis gonzalez gonzalo gordillo gracia granados grande gras grau guardia guardiola
guerra guerrero guijarro guillen guitart gutierrez guzman haro heras heredia hernandez hernando herranz herrera
herrero herreros hervas hervia hidalgo higueras hoyos huerta huertas huguet hurtado ibanez ibarra iborra iglesia
iglesias infante iniesta iniguez isern izaguirre izquierdo jaen jara jaume jauregui jerez jimenez jodar jorda jordan
jove jover juan juarez julia julian jurado ladron lago laguna landa landaluce lara larranaga larrea lasa lastra leal
leon lerma lillo linares llabres llamas llano llanos lledo lleo llobet llopis llorens llorente lloret lluch lobato
lobo lopez lorenzo losa losada lozano lucas lucena luis lujan lumbreras luna luque luz macia macias madrid madrigal
maestre maldonado malo mancebo manjon manrique manso manuel manzanares manzano marco marcos mari marin mariscal marmol
marques marquez marti martin martinez martorell mas mascaro mata matas mate mateo mateos mateu mayo mayol mayoral maza
medina melero mellado mena mendez mendizabal mendoza menendez mercader merino mesa miguel milla millan minguez mir
miralles miranda miro moles molina moliner molins moll monreal montalban montana montenegro montero montes montesinos
montoya montserrat mora moraleda morales moran morante morata morcillo morell moreno morera morillo moya munoz munuera
mur murcia murillo muro murua nadal naranjo narvaez navarrete navarro navas neira nicolas nieto noguera nogues noriega
nunez ocana ochoa ojeda oliva olivares oliver olivera oller olmedo olmo ordonez orozco ortega ortiz ortuno osorio
osuna otero oviedo pablo pacheco padilla paez pages palacio palacios palau pallares palma palomar palomares palomino
palomo pardo paredes pareja parejo parra pascual pastor patino pavon paz pedraza pedrero pedro pedrosa peinado pelaez
pellicer penalver peral perales peralta perea pereira perello perera perez pericas pi picazo pineda pinedo pinilla
pino pinol pinto pintor piquer pizarro pla plana planas plaza pol polo pombo ponce pons porcel porras porta portero
portillo posada poza pozo pozuelo prado prat prats priego prieto puente puerta puga puig pujadas pujol pulido quero
querol quesada quevedo quintana quintanilla quintero quiroga raya real rebollo recio redondo reguera reig requena
revilla rey reyes ribas ribera ribes rico riera rincon rio rios ripoll riquelme rius rivas rivera rivero robledo
robles roca rocamora rocha roda rodrigo rodriguez roig rojas roldan roma roman romero romeu ros rosa rosado rosales
rosell rosello rossello roura rovira royo ruano rubio rueda ruiz rus saavedra sabater sacristan saez sainz sala salas
salazar salcedo saldana sales salgado salina salinas salmeron salom salva salvador samper sanabria sanchez sancho
sandoval sanjuan sanmartin sanmiguel sans santamaria santana santiago santos sanz sarabia sarmiento sastre saura
sebastian seco sedano segarra segovia segui segura serna serra serrano sevilla sevillano sierra silva simo sobrino
sola solana solano soler solera solis solsona soria soriano sosa sotelo soto suarez suner talavera tamarit tamayo
tapia tejada tejedor tejera tejero tello tena tenorio teruel toledo tolosa tomas tormo toro torralba torre torrecilla
torrens torrent torres torrijos tovar trillo trujillo tudela tur ugarte urena uria uriarte uribe urrutia valbuena
valcarcel valderrama valdes valencia valenciano valentin valenzuela valera valero valle vallejo valles valls valverde
vaquero vara varela vargas vazquez vega velasco velazquez velez vendrell vera verdejo verdu verdugo vergara viana
vicens vicente vidal vigil vila vilanova vilaplana vilar villa villalba villalobos villalonga villanueva villar
villaverde villegas villena vinas vives vizcaino yague yanez ybarra zabala zabaleta zamora zamorano zapata zaragoza
zorrilla zurita
`;
