/**
 * What people ask for: verbs and set phrases, by the act they name. English forms are derived; of other languages a few
 * sturdy words stand as they are typed. Only whole words count, a phrase before its parts.
 */

export type Act =
	| 'add'
	| 'create'
	| 'change'
	| 'fix'
	| 'remove'
	| 'refactor'
	| 'rename'
	| 'extract'
	| 'tidy'
	| 'test'
	| 'document'
	| 'review'
	| 'explain'
	| 'debug'
	| 'plan'
	| 'roadmap'
	| 'estimate'
	| 'spike'
	| 'compare'
	| 'design'
	| 'look'
	| 'deploy'
	| 'run'
	| 'watch'
	| 'migrate'
	| 'backup'
	| 'install'
	| 'upgrade'
	| 'configure'
	| 'symptom'
	| 'lack'
	| 'greet';

/** English verbs, of which -s, -ed and -ing are derived. */
const verbs: Readonly<Partial<Record<Act, string>>> = {
	add: 'add|make|support|introduce|include|insert|append|allow|enable|integrate|implement|provide|expose|hook up|wire up',
	create: 'create|build|develop|generate|scaffold|bootstrap|write|prototype',
	change:
		'change|update|modify|improve|adjust|tweak|enhance|print|combine|optimize|optimise|extend|ensure|speed up|replace|display|show|hide|increase|decrease|reduce|align|center|sort|cache|redesign|restyle|style|animate|translate|localize|scroll|highlight|remember|persist|validate|limit|resize|redirect|notify|render|lazy load|collapse|expand|toggle|wrap|filter|group|paginate|prefetch',
	fix: 'fix|proofread|resolve|solve|repair|correct|patch|address|hotfix|bugfix',
	remove: 'remove|delete|drop|get rid of|strip|disable',
	refactor:
		'refactor|restructure|reorganize|reorganise|rewrite|rework|convert|port|modernize|simplify|consolidate|unify|decouple|deduplicate|dedupe|switch over to',
	rename: 'rename|relocate|move',
	extract: 'extract|split|factor out|pull out|break out|modularize|separate',
	tidy: 'clean up|cleanup|tidy|tidy up|reformat|format|prettify|prune',
	test: 'test',
	document: 'document|annotate',
	review: 'review|code review|audit|critique|double check|inspect|assess|evaluate',
	look: 'check|verify',
	explain: 'explain|describe|summarize|summarise|walk me through|teach|clarify|elaborate|understand',
	debug: 'debug|diagnose|troubleshoot|investigate|trace down|track down',
	plan: 'plan|propose|brainstorm|outline|draft|spec out|discuss',
	roadmap: 'prioritize|prioritise|break down|triage',
	estimate: 'estimate',
	spike: 'research|experiment|prototype|explore',
	compare: 'compare',
	design: 'design|architect',
	deploy: 'deploy|release|publish|ship|commit|push|merge|rebase|cherry-pick|squash|stage|roll out|roll back',
	run: 'run|execute|launch|restart|rerun',
	watch: 'monitor|tail|babysit|keep an eye on',
	migrate: 'migrate',
	backup: 'back up|backup|restore|recover',
	install: 'install|uninstall|reinstall',
	upgrade: 'upgrade|bump|downgrade',
	configure: 'configure|set up|setup',
};

/** Taken as they stand. */
const phrases: Readonly<Partial<Record<Act, string>>> = {
	add: 'implement the plan|implement this plan|implement the following plan|implement the spec|implement the design|execute the plan|hinzufügen|füge|ergänze|ergänzen|einbauen|implementiere|implementieren|unterstütze|ajoute|ajouter|ajoutez|rajoute|implémente|implémenter|agrega|agregar|añade|añadir|agregue|implementa|implementar|adiciona|添加|增加|新增|加上|加一个|实现|支持|追加|実装|対応',
	create:
		'erstelle|erstellen|baue|schreibe|schreib|entwickle|anlegen|crée|créer|créez|écris|écrire|fais|développe|crea|crear|escribe|escribir|genera|generar|haz|desarrolla|创建|新建|编写|写一个|写个|生成|开发|制作|作成|作って|書いて|作る',
	change:
		"i want the|i want it|i'd like the|should also|should be|should have|should include|should show|should display|must be|needs to be|need to be|make sure|make it|make the|make this|make these|take into account|should be able to|needs to be able to|make it possible|ändere|ändern|anpassen|verbessere|verbessern|aktualisiere|aktualisieren|ersetze|modifie|modifier|mets à jour|mettre à jour|améliore|améliorer|change|cambia|cambiar|actualiza|actualizar|mejora|mejorar|modifica|modificar|修改|更新|改进|优化|调整|改成|替换|変更|改善|更新|最適化",
	fix: 'make it work|get it working|behebe|beheben|repariere|reparieren|korrigiere|fixe|fixen|corrige|corriger|corrigez|répare|réparer|résous|arregla|arreglar|corregir|repara|reparar|soluciona|solucionar|修复|修正|修一下|解决|修改bug|直して|修正して',
	remove: 'entferne|entfernen|lösche|löschen|supprime|supprimer|enlève|elimina|eliminar|borra|borrar|quita|quitar|删除|移除|去掉|削除',
	refactor:
		'switch from|move away from|in a better way|in a cleaner way|umbauen|refaktoriere|refaktorieren|umschreiben|refactorise|refactoriser|réécris|refactoriza|refactorizar|reescribe|重构|重写|リファクタ|リファクタリング|書き直して',
	rename:
		'umbenennen|benenne|verschiebe|verschieben|renomme|renommer|déplace|renombra|renombrar|mueve|mover|重命名|改名|移动到|リネーム|名前を変更|移動',
	extract:
		'into its own|into their own|into a separate|into separate|auslagern|aufteilen|extrais|extraire|extrae|extraer|separa|提取|拆分|抽取|抽出|切り出|分割',
	tidy: 'aufräumen|räume|nettoie|nettoyer|limpia|limpiar|清理|整理|格式化|片付け',
	test: 'teste|testen|tester|prueba|probar|测试|テスト',
	document:
		'summarize the changes|summarize my changes|summarize what changed|summarise the changes|summarize all changes|summarize the last commits|summarize recent commits|comment the|comment this|comment all|dokumentiere|dokumentieren|documente|documenter|documenta|documentar',
	review:
		'any suggestions|suggestions to improve|suggestions for|could be improved|can be improved|look for bugs|find bugs|look over|any feedback|give feedback|feedback on|what do you think of|what do you think about|find issues|find problems|things to improve|things to clean up|strengths and weaknesses|begutachte|relis|relire|审查|评审|审阅|review一下|レビュー',
	look: 'look at|have a look|take a look|überprüfe|überprüfen|prüfe|prüfen|vérifie|vérifier|revisa|revisar|检查|看看|确认|確認',
	explain:
		'show me|tell me|list all|list the|give me an overview|overview of|tell me about|tell me what|tell me how|show me how|show me where|search if|search whether|find out how|what is|what are|help me understand|erkläre|erklär|erklären|beschreibe|explique|expliquer|expliquez|décris|explica|explicar|explícame|describe|解释|说明|讲解|介绍|什么意思|説明|教えて|解説|とは',
	debug:
		"root cause|find out why|figure out why|find the cause|look into why|why is|why are|why does|why do|why did|why was|why can't|why doesn't|why isn't|what is causing|what's causing|what causes|what could cause|what might cause|any idea why|no idea why|what went wrong|what's wrong|what is wrong|warum|wieso|pourquoi|por qué|porque no|为什么|为何|原因|なぜ|どうして",
	plan: "write a plan|create a plan|make a plan|come up with a plan|plane|planen|planifie|planifier|planifica|planificar|propón|let's discuss|let's talk about|think about how|think through|how would you|how should we|how should i|计划|规划|制定计划|方案|設計案|計画",
	roadmap:
		"what should i work on|what to work on|what to do next|into tickets|into tasks|into issues|into subtasks|what's next|what next|what should i do next|what should we do next|next steps|split into tasks|split this into|order of tasks",
	estimate:
		'how hard would it be|how difficult would it be|how much time|how long would|how long will|how long does it take|how much effort|how much work|how many days|how many hours|wie lange dauert|wie aufwändig|combien de temps|cuánto tiempo|cuánto tardaría|要多久|多少时间|工作量|見積',
	spike:
		'look into whether|find out whether|find out if|figure out if|is it possible|would it be possible|is there a way|feasible|proof of concept|poc|try out|trying out|ist es möglich|est-il possible|es posible|是否可以|可行|可能か|調査|调研',
	compare:
		'which is better|which one is better|difference between|differences between|versus|vs|vs.|pros and cons|trade-offs|tradeoffs|which should i|should i use|should we use|which library|alternatives to|was ist besser|vergleiche|vergleichen|unterschied zwischen|compare|comparer|différence entre|compara|comparar|diferencia entre|比较|对比|区别|哪个好|哪个更好|比較|違い',
	design: 'entwirf|entwerfen|conçois|concevoir|diseña|diseñar|设计|設計',
	deploy:
		'switch to main|switch to master|switch back to main|create a pr|open a pr|make a pr|create pr|open pr|pull request|merge request|submit a pr|check out|checkout|git pull|git push|git commit|bump the version|bump version|committe|committen|veröffentliche|veröffentlichen|bereitstellen|déploie|déployer|publie|publier|despliega|desplegar|publica|publicar|haz commit|sube|部署|发布|提交|推送|合并|上线|デプロイ|リリース|コミット|プッシュ|マージ',
	run: 'start the server|start the app|start the dev server|start the project|start up|run the|führe|ausführen|starte|lance|lancer|exécute|ejecuta|ejecutar|corre|levanta|运行|启动|执行|実行|起動',
	watch:
		'check the status|check status|check the logs|check logs|show the logs|show logs|show me the logs|look at the logs|usage statistics|überwache|surveille|monitorea|监控|查看日志|監視|ログを',
	migrate: 'migriere|migrieren|migrer|migra|migrar|迁移|移行',
	backup: 'free up space|free up disk space|sichern|sauvegarde|sauvegarder|respalda|respaldar|restaura|备份|恢复|バックアップ|復元',
	install: 'installiere|installieren|installe|installer|instala|instalar|安装|インストール',
	upgrade: 'mettre à niveau|升级|アップグレード|アップデート',
	configure: 'set my|turn on|turn off|konfiguriere|konfigurieren|einrichten|richte|configurer|configura|configurar|配置|设置|設定',
	symptom:
		"does not work|doesn't work|doesnt work|do not work|don't work|dont work|did not work|didn't work|not working|isn't working|is not working|aren't working|stopped working|no longer works|no longer work|won't start|won't load|won't open|can't login|can't log in|not showing|doesn't show|does not show|not supported|not rendering|not loading|not updating|broken|breaks|broke|fails|failing|failed|fail|crash|crashes|crashed|crashing|hang|hangs|hanging|freeze|freezes|freezing|throws|throwing|incorrect|incorrectly|wrong|wrongly|buggy|bug|bugs|there is an error|there's an error|getting an error|get an error|getting this error|i get this error|got an error|errors|error|exception|stuck|should not|shouldn't|instead of the|unexpected|leaks|leaking|missing|glitch|flickers|regression|geht nicht|funktioniert nicht|kaputt|fehler|absturz|stürzt ab|ne marche pas|ne fonctionne pas|marche plus|erreur|plante|no funciona|no anda|no carga|falla|fallan|roto|报错|错误|出错|不工作|不能用|失败|崩溃|不显示|没反应|有问题|动不了|動かない|動きません|エラー|失敗|落ちる|クラッシュ|表示されない|バグ",
	lack: "doesn't|doesnt|does not|isn't|is not|aren't|are not|won't|will not|didn't|did not|does nothing|do nothing|i get|i still get|i'm getting|we get|nothing happens",
	greet:
		'hi|hello|hey|hallo|hola|bonjour|salut|good morning|good evening|guten morgen|servus|moin|thanks|thank you|danke|merci|gracias|who are you|are you there|what can you do|lorem ipsum|say hi|say hello|tell me a joke|just testing|just a test|你好|您好|谢谢|こんにちは|ありがとう|ping|bye|goodbye',
};

/** An act, and whether the form is the one that asks (fix) or one that tells (fixed, fixes). */
export interface ActWord {
	readonly act: Act;
	readonly isBare: boolean;
	/** An English verb, which may be a noun as well: "browser support". */
	readonly isVerb: boolean;
}

function actWordsOf(): Map<string, ActWord> {
	const words = new Map<string, ActWord>();
	const put = (word: string, act: Act, isBare: boolean, isVerb: boolean): void => {
		if (!words.has(word)) words.set(word, { act, isBare, isVerb });
	};
	for (const [act, list] of Object.entries(verbs) as [Act, string][]) for (const verb of list.split('|')) put(verb, act, true, true);
	for (const [act, list] of Object.entries(phrases) as [Act, string][]) for (const phrase of list.split('|')) put(phrase, act, true, false);
	for (const [act, list] of Object.entries(verbs) as [Act, string][]) {
		for (const verb of list.split('|')) {
			const [first = '', ...rest] = verb.split(' ');
			for (const form of formsOf(first)) put([form, ...rest].join(' '), act, false, true);
		}
	}
	return words;
}

function formsOf(verb: string): readonly string[] {
	const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb.endsWith('y') ? `${verb.slice(0, -1)}i` : verb;
	const doubled = /[aeiou][bdgklmnprt]$/.test(verb) ? verb + verb.slice(-1) : verb;
	return [
		`${verb}s`,
		`${verb}es`,
		`${stem}es`,
		`${stem}ed`,
		`${doubled}ed`,
		`${verb.endsWith('e') ? stem : verb}ing`,
		`${doubled}ing`,
		...(irregular[verb] ?? []),
	];
}

const irregular: Readonly<Record<string, readonly string[]>> = {
	build: ['built'],
	write: ['wrote', 'written'],
	make: ['made'],
	rewrite: ['rewrote', 'rewritten'],
	run: ['ran'],
	understand: ['understood'],
	show: ['shown'],
	hide: ['hid', 'hidden'],
};

export const actWords: ReadonlyMap<string, ActWord> = actWordsOf();
