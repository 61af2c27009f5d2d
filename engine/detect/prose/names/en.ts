/** Common given names and surnames of the United Kingdom and Ireland, folded to plain lower case. */
export const given = `
aaron abbie abby abdul abigail abraham adam adele adrian ahmed aidan aiden ailish aimee aisha aisling alan albert alec
alex alexander alexandra alexis alfie alfred ali alice alicia alison alistair allan allen amanda amber amelia amelie
amina amir amy andrea andrew angela angus anita anjali ann anna annabel annabelle anne annette annie anthony antonia
aoife archie arjun arlo arnold arthur ashleigh ashley asif audrey austin ava ayesha barbara barry beatrice becky ben
benjamin bernadette bernard beryl beth bethan bethany betty beverley bilal bill billy blake bob bobby bonnie brad
bradley brandon brenda brendan brett brian bridget bronwen bruce bryan bryony caitlin callum cameron caoimhe cara carl
carla carly carmel carol carole caroline carolyn carrie catherine cathy cecilia charlene charles charlie charlotte
chelsea cheryl chloe chris christian christina christine christopher cian ciara ciaran cillian claire clara clare
clifford clive clodagh cody colin colleen colm conall connor conor cormac courtney craig cynthia daisy dale damian
damien dan daniel danielle danny daphne darragh darren dave david dawn dean debbie deborah debra declan deirdre denis
denise dennis derek dermot desmond diana diane dolores dominic donal donald donna doreen doris dorothy douglas duncan
dylan eamon eamonn edith edward edwin eileen elaine eleanor elena elisa elise elizabeth ella ellen ellie elliot
elliott elsie emer emily emma emmet eoin eric erin ernest esme esther ethan eugene eva evan eve evelyn evie faith
farah fatima fatma fay faye felicity fergal fergus finn fintan fiona florence frances francesca francis frank fred
freddie frederick freya gail gareth garry gary gavin gemma geoff geoffrey george georgia georgina gerald geraldine
gerard gerry gillian gina glen glenn gloria gordon grace graeme graham grainne grant greg gregory gwen gwyneth hamza
hannah harold harriet harrison harry harvey hassan hayley hazel heather heidi helen henry hilary hollie holly hope
howard hugh hugo hussain iain ian ibrahim imelda imogen imran iqbal irene iris isaac isabel isabella isabelle isla
ivan jack jackie jacob jacqueline jade jake jamal james jamie jan jane janet janice jasmine jason jay jayden jayne
jean jeff jeffrey jemma jenna jennifer jenny jeremy jerome jerry jess jessica jill jim jimmy jo joan joann joanna
joanne jodie joe joel john johnny jonathan jordan joseph josephine josh joshua joy joyce juan judith judy julia julian
julie june justin kamal kareem karen karl kate katherine kathleen kathryn kathy katie katy kay kayleigh keeley keith
kelly kelvin ken kenneth kenny kerry kevin khadija khalid kian kiera kieran kim kimberley kimberly kirsty kyle lara
laura lauren laurence lawrence layla leah leanne lee leigh leila leo leon leonard lesley leslie lewis liam lily linda
lindsay lindsey lisa liz logan lola lorna lorraine louis louisa louise lucas lucy luke lydia lynda lynn lynne lynsey
mabel madeleine maeve mairead malcolm mandy marc marcus margaret maria mariam marian marie marilyn mario marion
marjorie mark martha martin martyn mary maryam mathew matilda matt matthew maureen maurice max megan mehmet mel
melanie melissa mia michael michaela micheal michelle mick miles millie mitchell mohamed mohammad mohammed molly
monica morgan muhammad muriel mustafa myles nadeem nadia naomi nasreen natalie natasha nathan neil niamh nicholas nick
nicola nicole nigel noah noel noor nora norah norma norman nuala oisin olive oliver olivia omar oonagh orla orlaith
oscar osman owen padraig paige pam pamela pat patricia patrick paul paula pauline peggy penelope penny percy peter
phil philip phillip phoebe phyllis poppy priya rachael rachel rahul raj rajesh ralph rashid ravi ray raymond rebecca
reece reginald rhian rhiannon rhys ricardo richard rick ricky rita rob robbie robert roberta robin rodney roger rohan
roisin roland ronald ronan ronnie rory rosa rosaleen rose rosemary rosie ross rowan roy ruairi ruby rupert russell
ruth ryan sabrina sadie saira sally salma sam samantha samira samuel sandra sanjay saoirse sara sarah scarlett scott
seamus sean sebastian shabana shane shannon sharon shaun sheila shelley shirley shona sian sile simon sinead siobhan
sophia sophie sorcha stacey stanley stella stephanie stephen steve steven stewart stuart sue summer sunil susan
susannah suzanne sybil sylvia tamara tania tanya tara tariq ted terence teresa terry tess thelma theo theodore theresa
thomas tiffany tim timothy tina toby tom tommy toni tony tracey tracy trevor tristan tyler una ursula usman valerie
vanessa vera vernon veronica vicki vicky victor victoria vikram vincent violet vivian vivienne wallace walter wanda
wayne wei wendy wesley whitney wilfred will william willow yasmin yusuf yvette yvonne zachary zahra zainab zara zoe
`;

export const surnames = `
abbott adams ahern ahmed akhtar ali allan allen anderson andrews archer armstrong arnold ashton atkins atkinson austin
bailey baker baldwin ball banks barber barker barlow barnes barnett barrett barry barton bates baxter beattie begum
bell bennett benson bentley berry bevan bibi birch bird bishop black blackburn blake bolton bond booth bowen bowers
boyd boyle bradley bradshaw brady brannigan bray brennan briggs brooks brown browne bruce bryan bryant buckley burgess
burke burns burrows burton bush butcher butler byrne cahill callaghan cameron campbell carey carpenter carr carroll
carter cartwright casey cassidy chadwick chambers chan chandler chapman charlton clark clarke clayton clements cole
coleman coles collier collins conlon connolly connor conway cook cooke cooper costello cox coyle craig crawford cross
crowley cullen cunningham curran curtis daly daniels davey davidson davies davis dawson day dean delaney dempsey
dennis devlin dickinson dixon dobson docherty doherty dolan donaldson donnelly donoghue donovan douglas dowling doyle
duffy duggan duncan dunn dunne dwyer dyer edwards egan elliott ellis english evans fahy fallon farmer farrell farrelly
faulkner ferguson field finch finnegan fisher fitzgerald fitzpatrick flanagan fleming fletcher flynn foley forbes ford
foster fowler fox francis franklin fraser freeman french frost fuller gallagher galvin gardiner gardner garner george
gibbons gibbs gibson gilbert giles gill glover goddard godfrey goodwin gordon gough graham grant gray green greene
greenwood gregory grey griffin griffiths hale haley hall hamilton hammond hancock hanlon hardy harper harris harrison
hart hartley harvey hawkins hayes haynes hayward healy heath henderson henry herbert hewitt higgins hill hilton hobbs
hodgson hogan holden holland holloway holmes holt hooper hope hopkins horton houghton howard howarth howe howell
hudson hughes humphreys humphries hunt hunter hurst hussain hutchinson iqbal jackson james jarvis jenkins jennings
john johnson johnston jones jordan joyce kane kaur kavanagh kay keane kearney keeling kelleher kelly kemp kennedy
kenny kent kerr khan kiely king kirby kirk knight knowles lamb lambert lane law lawrence lawson leach leahy lee lees
lennon leonard lewis little lloyd long lord lowe lucas lynch lynn lyons mac maguire mahmood mahon mahoney malone mann
manning marsden marsh marshall martin mason matthews may mcallister mccabe mccann mccarthy mccormack mccormick
mcdermott mcdonagh mcdonald mcdonnell mcgee mcgrath mcguinness mcguire mcintyre mckay mckenna mckenzie mclaughlin
mclean mcloughlin mcmahon mcnally mcnamara meehan mellor middleton miles millar miller mills mistry mitchell mohamed
molloy moloney monaghan moore moran morgan moriarty morley morris morrison morton moss mulligan mullins murphy murray
myers nash naylor nelson newman newton nicholls nicholson noble nolan norman norris norton o'brien o'callaghan
o'connell o'connor o'doherty o'donnell o'donoghue o'donovan o'driscoll o'dwyer o'keeffe o'leary o'mahony o'neill
o'reilly o'rourke o'shea o'sullivan o'toole oakes obrien oconnor odonnell oleary oliver oneill oreilly osborne
osullivan owen owens page palmer parker parkes parkin parkinson parry parsons patel patterson payne peacock pearce
pearson perkins perry peters phillips pickering pollard poole pope porter potter potts powell power pratt preston
price pritchard pugh quigley quinn ramsey randall read reed rees reeves regan reid reilly reynolds rhodes rice
richards richardson ridley riley ritchie roberts robertson robinson robson roche rogers rooney rose ross rowe rowley
russell ryan saunders savage schofield scott sexton shah sharma sharp sharpe shaw sheehan sheikh shepherd sheppard
sheridan short simmons simpson sims sinclair singh skinner slater smart smith smyth spencer stafford stanley steele
stephens stephenson stevens stevenson stewart stokes stone storey stuart sullivan summers sutherland sutton swift
sykes talbot taylor thomas thompson thomson thornton thorpe todd tomlinson townsend tracey tucker turnbull turner
tyler underwood vaughan vickers wade walker wall wallace wallis walsh walters walton ward warner warren waters watkins
watson watts weaver webb webster welch wells welsh west weston wheeler whelan whitaker white whitehead whitehouse
whittaker whyte wilkins wilkinson williams williamson willis wilson winter wong wood woods woodward wright wyatt yates
young zaman
`;
