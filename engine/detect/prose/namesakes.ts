/** Brands, bodies and prizes that bear the name of a person, who is nobody's customer: folded. */
const brands: ReadonlySet<string> = new Set(
  `hugo boss,calvin klein,tommy hilfiger,ralph lauren,michael kors,paul smith,ted baker,jack daniels,jack daniel,johnnie walker,jack wolfskin,karl lagerfeld,jean paul gaultier,louis vuitton,christian dior,
yves rocher,yves saint laurent,levi strauss,tom tailor,carl zeiss,robert bosch,max mara,jimmy choo,kate spade,estee lauder,elizabeth arden,helena rubinstein,jean patou,nina ricci,giorgio armani,emporio armani,
dolce gabbana,salvatore ferragamo,ermenegildo zegna,alexander mcqueen,stella mccartney,vivienne westwood,tommy jeans,pierre cardin,guy laroche,tom ford,dr martens,doc martens,ben sherman,fred perry,helly hansen,
jim beam,jose cuervo,captain morgan,don julio,wells fargo,jp morgan,morgan stanley,goldman sachs,merrill lynch,charles schwab,ernst young,harley davidson,rolls royce,aston martin,alfa romeo,eddie bauer,
john deere,john lewis,john west,ben jerry,uncle ben,aunt jemima,betty crocker,sara lee,little caesars,papa john,wendy,tim hortons,johnson johnson,procter gamble,oscar mayer,dr oetker,dr pepper,jack jones,
marks spencer,peek cloppenburg,charles de gaulle,charles gaulle,leonardo vinci,van gogh,leonardo da vinci,marie curie,max planck,albert heijn,leroy merlin,jean mineur,pierre fabre,jacques vabre,miguel torres,santa claus,
james bond,harry potter,sherlock holmes,mickey mouse,donald duck,robin hood,romeo juliet,hello kitty,peter pan,nobel prize,lady gaga,clara zetkin,konrad adenauer,friedrich ebert,otto versand,
mercedes benz,jaguar land,land rover,austin martin,martin luther,abraham lincoln,george washington,alexander platz,warren buffett,ford fiesta,ford focus,opel astra,opel adam,renault clio,renault megane,
victoria falls,victoria sponge,victoria station,madison square,madison avenue,sierra nevada,virginia beach,carolina panthers,charlotte hornets,houston rockets,dallas cowboys,orlando magic,denver nuggets,jordan valley,kingston upon,
johann sebastian,wolfgang amadeus,peer gynt,don giovanni,don quijote,madame bovary,anna karenina,tom sawyer,oliver twist,david copperfield,jane eyre,maria hilf,maria theresia,
jammy jellyfish,noble numbat,focal fossa,bionic beaver,jack plane,lazy susan,bloody mary,margherita pizza,cesar salad,caesar salad,graham cracker,granny smith,earl grey,lady grey,pink lady,conference pear`
    .replaceAll('\n', '')
    .split(','),
);
/** Before a given name, the name of a saint: a town, a church, a street. */
const saints: ReadonlySet<string> = new Set(
  'san santa santo sao saint sainte st ste sankt sint svaty sveti agios'.split(' '),
);

/**
 * Whether a run of words is the name of a thing that is called after somebody, as far as its first words say. Where a word
 * before speaks of `somebody`, it is a brand's by chance.
 */
export function isNamesake(folded: readonly string[], somebody = false): boolean {
  const [first = '', second = ''] = folded;
  if (saints.has(first) && folded.length > 1 && folded.length < 4) return true;
  if (somebody) return false;
  return brands.has(`${first} ${second}`) || (folded.length > 2 && brands.has(folded.slice(0, 3).join(' ')));
}
