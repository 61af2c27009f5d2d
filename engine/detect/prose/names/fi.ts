/** Common given names and surnames of Finland, and of Estonia, Latvia and Lithuania, folded to plain lower case. */
export const given = `
aada aadolf aapo aarne aaro aaron aatos aatu aija aila aili aimo aino aiti aivars aki akseli aku alina alli alma altti
amanda andres andris andrius anita anja anna anne anne-mari anneli anni annika annikki annukka ansa anssi antero anton
antti anu ari arja armas arto arttu artturi arturas arvo asko asta atte auli aulis aune auni auno aura aurora birgit
birgitta dainis daiva darius edgars eelis eemeli eemil eero eetu eeva eevi egle eija eila eine eino eira elias elina
elisa elisabet ella ellen elli elma elmeri elsa elsi elviira emilia emma emmi enni ensio erik erja erkki ermo esa esko
essi ester eve eveliina frans gediminas giedre hanna hanna-leena hanne hannele hannes hanni hannu harri heikki heini
heino helena heli helka hella helle helmi helvi henna henni henri henrik hermanni hilja hilkka hilla hilma hugo iida
iikka iina ilari ilkka ilma ilmari ilmo ilona ilpo ilta ilze impi inari ineta inga inka inkeri ira irene iris irja
irma irmeli isla ismo itte ivars jaakkima jaakko jaakob jaana jali jalmari jalo jan jani janika janina janis janita
janne jari jarkko jarmo jarno jaska jasmin jenna jenni jere jesse jimi joel johanna johannes jolanta jonas joni jonna
jonne joona joonas joonatan jooseppi jorma jouko jouni juha juhana juhani juho jukka julia julius jurgita juri juris
juska jussi justiina jutta juuso jyri jyrki kaapo kaarina kaarlo kadri kaija kaino kaisa kaisu kalervo kalev kalevi
kalle kanerva karelia kari kari-pekka karita karlis kaspars katariina kati katja katri katriina kauko kauno keijo
keimo kerttu kerttuli kiia kiira kimmo kirsi kirsti kosti krisjanis krista kristian kristiina kristjan kustaa kyllikki
kyosti lahja laima lari lasse lassi lauma laura lauri lea leea leena lemmikki lempi lenita leo liina liis liisa liisi
lila lilja lilli lina linnea lotta loviisa luka lumi lyydia maaria maarit maija maiju maila mainio mantas margus mari
maria marianne mariia marika marita marius marja marja-leena marja-liisa marja-terttu marjaana marjatta marjo marjut
markku marko markus mart martta martti martynas matias matilda matti mauno mauri meelis meeri mercedes meri merja
mervi mia mihkel mika mikael mikaela mikko milja milka milla mimmi mina mindaugas minea minna minttu mira mirja mirjam
mirjami mirka mirva mona naimi nanna neea nella neringa netta nico niilo niina niko nikolas nina nooa noora nora oiva
olavi olegs olga oliver olli onerva oona orvokki oskar oskari osmo ossi ossian otto outi paavo paivi paivikki panu
pasi patrik paula pauli pauliina paulius paulus peetu pekka pentti peppi pertti pessi petra petri petteri piia pilvi
pinja pirita piritta pirjo pirkko priit pyry rafael raija raili raimo raimonds raine rainer raita rami rasa rasmus
rauha raul rauli rauno reetta reijo reima rein reino reko riho riikka riina riitta riku risto ritva roni ronja roosa
rosa rudolf ruut saana saara saija saila saima saimi saku salla sallamaari salli salme salomo sami sampo samu samuel
samuli sander sanelma sanna sanni santeri santtu sara sari sarita satu sebastian seela seija selma senja senni seppo
severi signe siim siiri silja silvia simo sini sinikka siri sirja sirkka sirkku sirpa sisko sofia sohvi soila soile
sointu sonja sorja stiina suoma suvi sylvi taavetti taavi taimi taina taisto taito taneli tanja tapani tapio tarja
tarmas tarmo taru tatu tauno teemu teija tellervo teppo terhi tero terttu teuvo tiia tiina tiit tilda timi timo tinja
toini toivo tomas tomi tommi toni toomas topi topias torsti touko triin tuija tuire tuisku tuomas tuomo tuovi turo
tuula tuuli tuulikki tyyne tyyra ukko ulla ulla-maija ulpu unto uolevi urho urmas urpo usko uuno vaino valdemar valdis
valma valto valtteri vappu varpu vauhti veera veeti veijo veikka veikko veini venla venni vera vesa viena vieno viivi
vilho vili vilja viljami viljo ville ville-veikko vilma viola virpi virva visa voitto vuokko vytautas yrjana yrjo zane
`;

export const surnames = `
aalto aaltonen ahola ahonen ahtinen airaksinen ala-korpi alanen alatalo anttila asikainen autio balciunas berzins
butkus eerola eklund eriksson eskelinen eskola forsman haapala haapanen haapaniemi haapasalo haataja haavisto hakala
hakkarainen halme halonen hamalainen hanninen harju hartikainen heikkila heikkinen heino heinonen heiskanen helenius
helin hietala hietanen hiltunen hirvonen hokkanen holappa honkanen hooli huhtala huovinen huttunen hyvarinen hyvonen
hyytiainen ikonen ilves immonen isokangas isotalo jaakkola jaaskelainen jankauskas jansons jarvela jarvi jarvinen
jokela jokinen juntunen jussila juvonen kaartinen kahkonen kallio kalnins kangas karhu karhunen karjalainen karppinen
karvinen karvonen kask kauppi kauppila kauppinen kazlauskas kekkonen kemppainen keranen kettunen kiiskinen kilpelainen
kinnunen kivela kivinen kiviniemi koivisto koivula koivunen kokko kolehmainen komulainen kontio koponen koppel
korhonen korpela korpi kortelainen koskela koskelainen koskinen kosonen kotila kouvonen kovanen kukk kukkonen kulmala
kuosmanen kurki kuronen kuusela kuusisto kyllonen laakso laaksonen laatikainen lahtela lahti lahtinen laine laitinen
lampinen lappalainen laukkanen lauronen lehikoinen lehtimaki lehtinen lehto lehtonen leino leinonen lepisto lepola
leppala leppanen leskinen liepins lindholm lindroos lindstrom linna lipponen litmanen luoma luukkonen lyytikainen
maatta magi makela makinen makkonen malinen manninen markkanen martikainen marttila mattila merilainen meronen
miettinen mikkola mikkonen moilanen muhonen mustonen mykkanen myllyla nevalainen niemela niemi nieminen niemisto
niiniluoto niinisto niskanen nissinen nokelainen nousiainen nurmi nurminen nylund nyman oikarinen ojala ojanen oksanen
ollikainen ollila oravala ozolins ozols paananen paasonen pajunen palander parkkinen parn partanen parviainen pasanen
pelkonen peltola peltonen pennanen penttila penttinen petrauskas peura pietikainen piironen pirhonen pirinen pitkanen
pohjola pohjonen poikonen pulkkinen pursiainen puustinen raatikainen raisanen rajala rantala rantanen rasanen rauhala
rautio rebane riekkinen riihimaki riikonen rinne rintala ronkainen ronkko roppo ruotsalainen ruuska saar saarela saari
saarinen saastamoinen sallinen salmela salmi salminen salo salonen salovaara santala sarajarvi sarkkinen savela
savolainen savonen sepp seppala seppanen sihvonen silvennoinen simola sipila sirvio soininen sormunen stankevicius
suhonen sundqvist suominen suvanto taipale takala tamm tamminen tanskanen tarkiainen tiainen tikka tikkanen timonen
tirkkonen toivanen toivonen tolonen torkkeli tossavainen tulkki tuomela tuomi tuominen tuomisto turkka turpeinen
turunen ukkonen uotila uusitalo vaananen vainio vainionpaa vaisanen vaittinen valli valtonen vanhala vanhanen varis
vartiainen vasala vatanen vesala viita viitala viitanen vilen viljanen virta virtanen voutilainen vuorela vuori
vuorinen wallin wikstrom ylitalo ylonen zukauskas
`;
