/** Common given names and surnames of France, Wallonia and French-speaking Switzerland, folded to plain lower case. */
export const given = `
abdel abel adam adelaide adele adeline adrien agathe agnes aicha aime aimee alain alban albert alex alexandra
alexandre alexandria alexis alfred alice aline alix alphonse amaury ambre amelie amine anais anastasie andre andree
anissa anne anne-marie annick annie anouk anthony antoine antoinette apolline ariane aristide armand armelle arnaud
arthur astrid aude audrey auguste augustin aurelie aurelien aurore axel axelle baptiste bastien beatrice benedicte
benjamin benoit bernadette bernard berthe bertrand bilal blanche brice brigitte bruno camille capucine carole caroline
catherine cecile cedric celeste celia celina celine chantal charles charlotte chloe christelle christiane christine
christophe claire clara clarisse claude claudette claudine clemence clement clementine colette constance coralie
corinne cyril cyrille damien daniel daniele danielle david delphine denis denise diane didier djamel dominique
dorothee edgar edith edmond edouard elea eleonore elian eliane elie eliott elisabeth elise elodie eloise elsa emile
emilie emma emmanuel emmanuelle enzo eric ernest esteban estelle ethan etienne eugene eugenie eva eve evelyne fabien
fabienne fabrice fadila fanny fatou fatoumata felix ferdinand fernand flavie florence florent florian france francine
francis franck francois francoise frederic frederique gabin gabriel gabrielle gael gaelle gaetan gaspard gaston
genevieve georges gerald gerard germain germaine ghislain ghislaine gilbert gilberte gilles ginette gisele gregoire
gregory guilhem guillaume gustave guy hakim hamid helene henri henriette herve honore hortense hubert hugo hugues
idriss ines ingrid irene isaac isabelle isaure ismael ivan jacqueline jacques jade jean jean-baptiste jean-christophe
jean-claude jean-francois jean-jacques jean-louis jean-luc jean-marc jean-marie jean-michel jean-paul jean-philippe
jean-pierre jean-yves jeanne jeannine jeremie jeremy jerome joel joelle jonathan jordan joseph josephine josette
josiane jules julia julie julien juliette justine kader karim karine kevin khadija laetitia laura laure laurence
laurent laurine lea leila leo leon leonard leonie liliane lilou lina lionel lise loic lola lorraine lou louane louis
louise luc lucas lucie lucien lucienne lucy ludivine ludovic lydie madeleine mael maelle maeva magali malika mamadou
manon manuel marc marc-antoine marcel marcelle marcelline margaud margaux margot marguerite maria marianne marie
marie-christine marie-claire marie-claude marie-france marie-helene marie-jose marie-laure marie-louise marie-pierre
marie-therese marin marine marion marthe martin martine maryse mateo mathieu mathilde mathis matthieu maud maurice
maxence maxime medhi mehdi melanie melissa michel michele micheline michelle mireille mohamed monique morgane mounir
mourad moussa muriel myriam nabil nadege nadia nadine nassim nath nathalie nathan nicolas nicole noa noah noe noel
noelle noemi noemie nolan nordine oceane octave odette odile olga olivie olivier ophelie oscar ousmane pascal pascale
patrice patricia patrick paul paule paulette pauline penelope perrine philippe philippine pierre pierrick quentin
rachel rachid rachida raoul raphael raphaelle raymond raymonde regine regis remi remy renaud rene renee richard robert
robin rodolphe roger roland romain romane roxane sabine sabrina sacha said salah salome samir samira samuel sandra
sandrine sarah sebastien serge severine simon simone sofiane solange solene sophie soraya stanislas stephane stephanie
susan susanne suzanne sylvain sylvie tanguy theo theodore theophile therese thibaud thibault thibaut thierry thomas
timothee tom tristan ulysse valentin valentine valerie veronique vianney victoire victor victoria vincent violette
virginie vivienne william xavier yacine yann yannick yasmine yolande youssef yves yvette yvonne zacharie zineb zoe
zohra
`;

export const surnames = `
adam albert alexandre allain allard andre antoine arnaud aubert aubry auger bailly barbe barbier baron barre
barthelemy bazin becker begue benard benoit berger bernard berthelot bertin bertrand besnard besson bigot blanc
blanchard blanchet blin blondel blot bodin boissier bonneau bonnet bonnin boucher bouchet boulanger boulay bourdon
bourgeois bousquet boutin bouvet bouvier boyer breton briand brun bruneau brunel brunet buisson camus caron carpentier
carre charles charpentier charrier chartier chauveau chauvet chauvin chevalier chevallier claes claessens clement
clerc cohen colas colin collet collin cordier costa coste coulon courtois cousin couturier da-costa daniel david
delahaye delannoy delattre delaunay delmas delorme delvaux denis descamps deschamps dessart devaux diallo dias diaz
didier dijoux dos-santos dubois duchene dufour duhamel dumas dumont dupont dupre dupuis dupuy durand duval etienne
evrard fabre faure fernandes ferrand ferreira fischer fleury fontaine fouquet fournier francois gaillard gallet garcia
garnier gaudin gauthier gautier gay georges gerard germain gilbert gillet girard giraud godard gomez goncalves
gonzalez goossens grenier grondin gros guerin guibert guichard guilbert guillaume guillet guillot guillou guyon guyot
hamel hamon hardy hebert henrard henry herve hoarau hubert huet hugues humbert imbert jacob jacques jacquet jacquot
jean joly joseph josso julien klein labbe lacombe lacroix lagarde lambert lambrechts lamy langlois laporte laroche
launay laurent lebon lebreton lebrun leclerc leclercq lecomte leconte lecoq ledoux lefebvre lefevre legendre leger
legrand legros lejeune lelievre lemaire lemaitre lemoine lemonnier leonard leroux leroy lesage levy lopes lopez louis
lucas mace mahe maillard maillet maillot mallet marchal marchand marechal marie marin marion martel martens martin
martineau martinez martins marty massart masse masson mathieu maurice maury menard mendes mercier meunier meyer
michaud michel millet monnier moreau morel moreno morin morvan moulin muller munoz navarro neveu nguyen nicolas noel
normand olivier ollivier parent paris pasquier paul payet pelletier peltier perez peron perret perrier perrin perrot
petit petitjean philippe picard pichon pierre pineau pinto pires pirotte poirier poirot poncelet pons poulain prevost
pruvost rault raymond raynaud regnier remy renard renaud renault renson rey reynaud ribeiro richard riou riviere
robert robin roche rodrigues rodriguez roger rolland rossi rousseau roussel rousset roux roy royer ruiz salmon samson
sanchez sauvage schmitt schneider seguin simon simonis tanguy techer teixeira tessier texier thibault thierry thiry
thomas toussaint tran traore turpin vaillant valentin valette vallee vallet vasseur verdier vidal vincent voisin
wagner wauters weber weiss
`;
