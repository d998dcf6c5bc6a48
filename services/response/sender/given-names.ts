/**
 * Given names that are common somewhere, in small letters without accents: where one begins a name, it is a
 * person's. Left out are those that are as often something else, such as Will, Mark in small letters or Chase.
 */
const known = `
aaron abdul abdullah abel abigail adam adele adrian adriana agata agnes agnieszka ahmad ahmed aidan aileen aisha ajay
akira alan albert alberto alejandra alejandro alessandra alessandro alex alexander alexandra alexandre alexis alfred
ali alice alicia alison allan allen allison alyssa amanda amber amelia amir amit amy ana anastasia andre andrea andreas
andreea andrei andres andrew andrzej andy angel angela angelica angie anil anita anja ann anna anne annette annie antoine
anthony antje anton antonella antonio anusha aoife arjun arlene arnold arthur arturo asha ashley ashok astrid aurelie
axel barbara barry beata beatrice beatriz becky ben benedikt benjamin bernard bernd bernhard bertha beth bethany betty
beverly bharat bianca bill billy birgit bjorn bob bobby bogdan bonnie brad bradley brandon brenda brendan brent brett
brian bridget brigitte bruce bruno bryan caleb calvin camila camille carl carla carlos carmen carol carole carolina
caroline carolyn carrie casey catalina catherine cathy cecilia cedric celine cesar charlene charles charlie charlotte
chen cheryl chiara chidi chinedu chloe chris christa christian christina christine christoph christophe christopher
ciaran cindy claire clara clarence claude claudia claudio clive clyde colin colleen connie conor constance corey corinne
courtney craig cristian cristina crystal curtis cynthia czeslaw daisy damian dan dana daniel daniela danielle danny
darlene darrell darren dave david dawn dean debbie deborah debra deepak delia denis denise dennis derek devin diana
diane dieter diego dimitri dinesh dirk dmitri dolores dominic dominik dominique don donald donna doreen doris dorothy
doug douglas duncan dustin dwayne dylan earl ed eddie edgar edith eduardo edward edwin eileen elaine eleanor elena elias
elisabeth elizabeth elise elke ella ellen eloise elsa emeka emil emilia emilio emily emma emmanuel enrico enrique eric
erica erich erik erika erin ernest ernesto esther ethan eugene eva evan eve evelyn fabian fabio fabrice farah fatima
federico felipe felix fernanda fernando fiona florence florian frances francesca francesco francine francis francisco
francois frank franz fred freda frederic frederick frieda friedrich gabriel gabriela gabriele gail gareth gary gavin
geoffrey george georges georgia gerald geraldine gerard gerd gerhard giles gina giovanni giulia giuseppe gladys glen
glenda glenn gloria gordon grace graham greg gregory greta grzegorz guido guillaume guillermo gunther gustavo hannah
hans harald harold harry harvey hasan hassan hazel heather hector heidi heike heiko heinrich heinz helen helena helga
helmut henri henrik henry herbert herman hiroshi holger holly horst howard hugh hugo ian ibrahim ida ignacio igor ike
imran ines inge ingrid irene iris irina irma isaac isabel isabella isabelle ivan jackie jacob jacqueline jacques jaime
jake jakub james jamie jan jane janet janice janine jared jason javier jay jean jeanette jeff jeffrey jenna jennifer
jenny jens jeremy jerome jerry jesse jessica jesus jill jim jimmy jo joan joana joanna joanne joao joaquin jodi joe joel
joerg johan johann johanna johannes john johnny jon jonas jonathan jordan jorge jose josef josefina joseph josephine
josh joshua joyce juan juana juanita judith judy jules julia julian juliana julie julien juliette julio jurgen justin
justyna kaito kamal karen karim karin karina karl katarzyna kate katharina katherine kathleen kathryn kathy katie
katja katrin kay kayla keith kelly ken kenji kenneth kerry kevin khalid kim kimberly kirsten klaus konrad kristen
kristin kristina krzysztof kurt kwame kyle lars larry latoya laura lauren laurence laurent lawrence leah lee leila lena
leo leon leonard leonardo leroy leslie lewis li liam lillian lily linda linh lisa liu liz lloyd lois lorenzo lori
lorraine louis louise luc luca lucas lucia lucie lucy ludwig luigi luis luisa luke lukas lydia lynn maciej madeleine
madison magdalena maggie mahesh malcolm malgorzata manfred manuel manuela marc marcel marcela marcelo marcia marcin
marco marcos marcus margaret margarita margit maria mariam mariana marianne marie marilyn mario marion marjorie mark
marko markus marlene marta martha martin martina martine marvin mary mateo mateusz mathias mathieu matt matteo
matthew matthias maureen maurice maurizio max maxime megan mehmet mei melanie melinda melissa mercedes meredith michael
michal michel michele michelle miguel mike mikhail milan mildred ming miriam mitchell mohamed mohammad mohammed moira
molly monica monika monique muhammad murray mustafa myra nadia nadine nancy naomi natalia natalie nathan nathalie neal
neil nelson ngozi niamh nicholas nick nicola nicolas nicole niels nigel nikhil nikolai nina nora norbert norma norman
olaf oleg olga oliver olivia olivier omar oscar otto owen pablo paige pamela paola paolo pascal patricia patrick
patrizia patty paul paula paulina pauline paulo pavel pawel pedro peggy penelope penny pete peter petra phil philip
philippe phillip phyllis pierre pieter piotr pilar pooja prakash priya rachel rafael rahul raj rajesh ralf ralph ramon
ramona randall randy raquel ravi raymond rebecca regina reginald reinhard rene renate renee ricardo riccardo richard
rick rita rob robert roberta roberto robin rodney rodrigo roger roland rolf roman ronald ronnie rosa rosalind rosemary
rosie ross roxanne roy ruben rudolf rupert russell ruth ryan sabine sabrina sally salvatore sam samantha samir samuel
sandra sandrine sanjay sara sarah sascha sean sebastian serge sergei sergio seth shane shannon sharon shauna shawn
sheila shelley sheri sherry shirley siobhan sidney siegfried sigrid silke silvia simon simone sofia sonia sophia sophie
stacey stacy stan stanislaw stanley stefan stefanie stefano stella stephan stephane stephanie stephen steve steven stuart
sue sunil suresh susan susana susanne suzanne sven sylvia sylvie takeshi tamara tammy tania tanya tara tatiana ted teresa
teri terence terrance terry theo theodore theresa therese thierry thomas thorsten tiffany tim timothy tina tobias todd
tom tomas tomasz tommy tony tonya tracey tracy travis trevor trudy tyler tyrone udo ulrich ulrike uma ursula uwe
valentina valerie vanessa veronica veronique vicki vicky victor victoria vijay vikram vincent vincenzo viola virginia
vivian vladimir walter wanda wayne wei wendy werner wilhelm wilfried william willie wilma wojciech wolfgang xavier
xiao yan yasmin yolanda yuki yusuf yvette yvonne zachary zoe zofia rose will hope joy ruby therese terrence`;

/** As {@link known} has them. */
export const givenNames: ReadonlySet<string> = new Set(known.trim().split(/\s+/));

/**
 * Family names that begin the names of most people in China, Korea and Vietnam: there a name is written in one, and
 * its first character tells it from another word.
 */
export const leadingFamilyNames: ReadonlySet<string> = new Set(
  '王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧田董潘袁蔡蒋蔣余于杜叶葉程苏蘇魏吕呂丁任沈姚卢盧김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구민유나진지엄채원천방공현함',
);
