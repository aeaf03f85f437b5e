/** The small words around a wish: what may stand before a verb that asks, where its object ends, what denies and what asks. */

export const wordSet = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** May stand before a verb that asks. */
export const lead = wordSet(
	"only please pls plz kindly can could would will you we we're we've let's lets let us i i'd i'll i'm want need wanna gonna going like to must should have has got now then next also just first finally maybe ok okay yes no hey hi hello claude help me go ahead try so well actually oh great thanks good cool nice great thank instead one more thing step again still quickly simply really is it's time be today looking for a way do the following task todo goal still don't you" +
		" bitte kannst könntest du mir wir ich möchte will soll sollen sollte uns mal jetzt dann lass peux tu pouvez vous je veux voudrais il faut s'il te plaît plait stp svp de por favor puedes podrías podrias quiero necesito que hay vamos a ahora me lo 请 帮 我 你 您 们 能 把 给 一 下 要 想 需 可 以 为 在",
);
export const articles = wordSet(
	'the a an this that these those my our your some any no new failing existing der die das den dem ein eine einen le la les un une el los las una unos mi su last latest previous recent current each every its their of for in on with from by as',
);
/** Where the object of a verb ends. */
export const objectEnd = wordSet(
	'to in into for on of from with that which when where while if because as at by using via about after before within inside under für in von mit aus bei zu dass wenn pour dans avec sur à au du des qui quand para en con de del cuando desde per',
);
export const places = wordSet('as to in into within inside in an im à dans en sur');
export const negations = wordSet("don't dont not never without avoid stop nicht ohne kein keine ne sans sin 不要 别 勿 不 没");
/** Open a question. */
export const asks = wordSet(
	'what how where when which who whose is are does do did why wie was wo wann wer welche welches comment quoi où quel quelle qui que quand qué cómo como dónde donde cuál cual cuales cuando tiene hace',
);
export const cjkQuestion = /怎么|什么|如何|吗|哪|なに|何|どう|どこ|ですか|ますか/;

/** "Is that right? Review it": what is asked after such a question counts more. */
export const yesOrNo = wordSet('is are does do did');
/** "When I click it, …" asks nothing, unless it ends with a question mark. */
export const askOnlyMarked = wordSet('when where wann wo quand où cuando donde cuándo dónde');
/** "Do you know …" asks, "do the following" does not. */
export const subjects = wordSet('you we i they these those');
export const greetings = wordSet('hey hi hello hallo hola claude so ok okay please and also but well');
export const clauseOpeners = wordSet('that which when where while if because dass wenn que quand cuando');
