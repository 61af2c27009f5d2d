/** Common given names and surnames of Portugal, folded to plain lower case. */
export const given = `
abel adelaide adelino adriana adriano afonso agostinho albano alberta albertina alberto albino alda alexandra
alexandre alfredo alice aline alvaro alzira amadeu amalia amandio amelia americo ana anabela andre andreia angela
angelica angelina angelo anita antonia antonio armanda armando armindo artur augusta augusto aurora barbara beatriz
belmira benedita benjamim bento bernardo bianca branca brenda bruna bruno caetana camila candida carina carla carlos
carlota carminda carmo carolina catarina cecilia celeste celia cesar cidalia clara claudia claudio constanca cristiana
cristiano cristina cristovao custodio dalila daniel daniela david debora deolinda diana dina dinis diogo dionisio
domingos duarte dulce edgar eduarda eduardo elisa elisabete ema emanuel emilia emilio enzo erica ernesto ester estevao
eunice eva fabia fabiana fabio fatima felicia felipa felix fernanda fernando fernao filipa filipe filomena flavio flor
francisca francisco frederico gabriel gabriela gaspar germana gil gilberto gisela gloria goncalo graca graciete
gualter guilherme guiomar gustavo helder helena henrique hermano herminia horacio hugo humberto iara ilda inacio ines
irene iris isaac isabel isaura israel iva ivan ivo ivone jacinta jacinto jaime januario jeronimo jessica joana joao
joaquim joaquina joel jorge jose josefa josue julia juliana juliao julio kelly kevin kyara lara larissa laura lauro
leandro leonardo leonel leonor leticia lia lidia lilia liliana lina lisandra lisandro lourdes lourenca lourenco luana
lucas lucia luciana luciano lucilia luis luisa luna lurdes madalena mafalda magda manel manuel manuela mara marcia
marcio marco marcos margarida maria mariana marina mario marisa marta martim martinho mateus matias matilde mauro
maximino mel melissa mercia micael miguel miguela milena miriam moises monica mourao nadia naiara natacha natalia
natercia nelson nicole noa noemi norberto nuno nuria octavio odete olga olinda olivia orlando oscar otilia palmira
patricia paula paulo pedro piedade pilar quiteria rafael rafaela ramiro raquel raul rebeca renata renato ricardo rita
roberta roberto rodrigo rogerio romeu rosa rosalina rosaria ruben rui rute salome salvador samuel sandra sandro
santiago sara sebastiao sergio silvana silvia silvio simao simone socorro sofia solange sonia soraia susana tania
tatiana telma telmo teodoro teresa teresinha tiago tomas tome valdemar valentim valentina valter vanda vanessa vania
vasco vera vergilio veronica vicente victoria virginia vitor vitoria viviana wilson xavier yara yasmin zelia zulmira
`;

export const surnames = `
abrantes abreu afonso aguiar albuquerque alcantara alegria almada almeida alves alvim amado amaral amaro amorim
andrade anjos antunes aparicio aragao arantes araujo arruda assis assuncao avelar azevedo baltazar bandeira baptista
barata barbosa barreira barreiro barreiros barreto barros barroso bastos batista beirao belchior bento bernardes
bernardo bessa bettencourt boaventura borba borges botelho braga branco brandao brito bueno cabral caetano calado
caldas caldeira calisto camacho camara caminha campos canario candido cardoso carmo carneiro carreira carreiro
carrilho carvalhal carvalho casimiro castanheira castelo castro catarino cavaco cerqueira chagas chaves coelho coimbra
conceicao cordeiro correia corte-real costa coutinho couto cruz cunha custodio damas damasceno dantas dias dinis
domingos domingues duarte durao esteves estrela evangelista falcao faria farinha felix fernandes ferrao ferraz
ferreira fidalgo figueira figueiredo filipe fonseca fontes fortes frade fragoso franca franco frazao freire freitas
furtado gabriel galvao gama gameiro garcez garcia garrido gaspar gil godinho goes gois gomes goncalves gouveia graca
gracas granja guedes guerra guerreiro guimaraes gusmao henriques infante jacinto jardim jesus jorge junqueira lacerda
lage lamego leal leandro leiria leitao leite lemos lima lino lisboa lobato lobo lopes loureiro lourenco louro lucas
luz macedo machado maciel madeira madureira magalhaes maia manso marcelino marinho mariz marques marta martins
mascarenhas mata mateus matias matos meira meireles melo mendes mendonca meneses mesquita miguel mira miranda moita
monteiro montenegro morais moreira mota moura mourao moutinho nascimento navarro negrao neto neves nobre nogueira
norberto noronha novais nunes oliveira osorio pacheco padrao pais paiva paixao palma paredes parreira passos patricio
paulino paulo paz pedro pedrosa peixoto pena penedo pereira peres pessoa pestana pimenta pimentel pinheiro pinho pinto
pires pombo portela portugal prata prates prudencio quaresma queiroga queiros quintas quintela rabelo ramalho ramires
ramos rangel raposo rebelo rego reis resende ribeiro rico rocha rodrigues roque rosa rosado rosario ruas sa sabino
salazar saldanha sales salgado salgueiro salvador sampaio sanches santana santiago santos saraiva sardinha sarmento
seabra seixas semedo sequeira serra serrano serrao severino silva silveira silvestre simao simoes soares sobral sousa
souza soveral tavares teixeira teles teodoro torrado torres toscano trigo trindade valadares vale valente valentim
valerio varela vargas vasconcelos vaz veiga velez veloso ventura viana vicente vidal vidigal viegas vieira vilar
vilela vilhena villas-boas xavier
`;
