/** What a wish is about: nouns and set phrases, by the topic they name. */

export type Topic =
	| 'test'
	| 'unit test'
	| 'integration test'
	| 'e2e test'
	| 'coverage'
	| 'readme'
	| 'comment'
	| 'changelog'
	| 'api docs'
	| 'typo'
	| 'plan'
	| 'task'
	| 'ci'
	| 'dependency'
	| 'build'
	| 'check'
	| 'environment'
	| 'endpoint'
	| 'service'
	| 'component'
	| 'schema'
	| 'api'
	| 'system'
	| 'infra'
	| 'commit'
	| 'release'
	| 'status'
	| 'data'
	| 'dead code'
	| 'error'
	| 'crash'
	| 'regression'
	| 'handling'
	| 'file'
	| 'codebase'
	| 'changes'
	| 'trial'
	| 'performance'
	| 'vulnerability';

const lists: Readonly<Record<Topic, string>> = {
	'unit test':
		'unit test|unit tests|unit testing|unittest|unittests|单元测试|ユニットテスト|単体テスト|pruebas unitarias|tests unitaires|unit-tests',
	'integration test':
		"integration test|integration tests|integration testing|integrationstest|integrationstests|tests d'intégration|pruebas de integración|集成测试|結合テスト",
	'e2e test':
		'e2e|e2e test|e2e tests|end-to-end|end-to-end tests|end-to-end test|end to end tests|end to end test|browser test|browser tests|playwright|cypress|selenium|ui tests|smoke tests|smoke test|端到端测试',
	coverage: 'coverage|test coverage|test-coverage|code coverage|testabdeckung|couverture|cobertura|覆盖率|カバレッジ',
	test: 'test|tests|testing|test case|test cases|testcase|test suite|test-suite|testfile|spec file|specs|snapshot tests|regression test|regression tests|fixtures|prueba|pruebas|测试|测试用例|テスト',
	readme:
		'readme|docs|documents|documentation|guide|tutorial|user guide|manual|wiki|how-to|onboarding guide|contributing guide|claude md|doku|dokumentation|anleitung|doc|document|documentación|文档|文檔|说明文档|ドキュメント|blog post|article',
	comment:
		'comment|comments|docstring|docstrings|jsdoc|javadoc|tsdoc|doc comment|doc comments|code comments|method documentation|function documentation|class documentation|inline documentation|inline docs|kommentar|kommentare|commentaire|commentaires|comentario|comentarios|注释|註釋|コメント',
	changelog:
		'summarize the changes|summarize my changes|summarize what changed|summarise the changes|summarize all changes|summarize the last commits|summarize recent commits|changelog|change log|release notes|release note|pr description|pr summary|summary for the pr|summary of changes|summary of the changes|更新日志',
	'api docs':
		'api docs|api documentation|api reference|api-docs|openapi|openapi spec|swagger|swagger docs|reference docs|api-dokumentation',
	typo: 'typo|typos|spelling|grammar|wording|tippfehler|coquille|errata|拼写|错别字|誤字',
	plan: 'plan|implementation plan|proposal|design doc|design document|design docs|technical design|spec|specification|prd|rfc|adr|requirements document|architecture document|architecture doc|entwurf|konzept|especificación|计划|方案|需求文档|設計書|仕様書',
	task: 'tasks|issues|issue|ticket|tickets|user stories|backlog|roadmap|milestones|milestone|todo list|任务|工单',
	ci: 'ci|ci/cd|cd pipeline|github action|github actions|gh action|workflow|workflows|github workflow|pipeline|pipelines|gitlab ci|jenkins|jenkinsfile|circleci|travis|azure pipelines|持续集成|流水线',
	dependency:
		'dependency|dependencies|deps|dev dependency|devdependencies|package|packages|npm packages|lockfile|lock file|node_modules|requirements|abhängigkeiten|abhängigkeit|dépendance|dépendances|dependencia|dependencias|依赖|依存関係|依存',
	vulnerability: 'npm audit|security audit|vulnerability|vulnerabilities|cve|security advisory|security alerts|dependabot',
	build:
		'build config|build configuration|build script|build system|webpack|vite config|vite|rollup|esbuild|tsconfig|eslint|eslint config|eslint rule|prettier config|linter|lint rule|lint rules|lint config|babel|gradle|cmake|makefile|dockerfile|packaging|bundler|compiler options|bundle|markdownlint|biome|ruff config',
	check:
		'lint|lint errors|lint error|linting|linting errors|lint issues|lint warnings|linter errors|linter warnings|eslint errors|eslint warnings|type error|type errors|typing errors|type issues|type checks|typecheck|type-check|type checker|typescript errors|ts errors|compile error|compile errors|compiler errors|compilation error|compilation errors|build error|build errors|build failure|failing build|build|warnings|mypy errors|pyright errors|构建错误|编译错误|类型错误|ビルドエラー|型エラー|コンパイルエラー',
	environment:
		'settings|setting|permission|permissions|environment|env|env file|.env|vs code|visual studio|visual studio code|environment variables|environment variable|env vars|dotfiles|zshrc|bashrc|vimrc|vscode settings|keybindings|mcp|mcp server|mcp servers|statusline|status line|claude code|plugin|plugins|hooks|login|account|virtualenv|venv|devcontainer|docker|ssh key|editor|shell|alias|einstellungen|umgebung|configuración|configuraciones|entorno|paramètres|环境|环境变量|设置|権限|環境',
	endpoint:
		'endpoint|endpoints|api endpoint|api endpoints|rest api|api route|api routes|route|routes|webhook|webhooks|rpc|grpc method|graphql query|graphql mutation|mutation|resolver|endpunkt|接口|エンドポイント',
	service:
		'integration|oauth|oauth2|sso|saml|stripe|paypal|slack|discord|telegram|github api|openai|google login|google sign-in|s3|redis|kafka|rabbitmq|elasticsearch|sentry|datadog|firebase|supabase|auth0|twilio|sendgrid|graphql|websocket|websockets|mqtt|postgres support|ldap|集成|连携|連携',
	component:
		'component|components|page|pages|screen|screens|class|module|modules|command|commands|subcommand|tool|tools|script|scripts|app|application|website|web site|web app|webapp|landing page|dashboard|cli|microservice|library|game|bot|server|program|view|dialog|modal|popup|panel|widget|form|wizard|sidebar|navbar|agent|skill|skills|slash command|extension|prototype|mvp|project|api client|sdk|parser|scraper|crawler|komponente|seite|modul|klasse|skript|anwendung|composant|page web|application web|página|componente|aplicación|clase|módulo|组件|页面|模块|脚本|工具|应用|网站|游戏|小程序|コンポーネント|ページ|画面|アプリ|スクリプト|クラス|モジュール|ツール|ゲーム',
	schema:
		'schema|schemas|data model|data models|database schema|db schema|tables|table structure|entity model|entities|er diagram|datenmodell|modelo de datos|modèle de données|数据模型|数据库设计|表结构|データモデル|スキーマ',
	api: 'api|apis|interface|interfaces|api design|rest interface|接口设计|インターフェース',
	system: 'system|architecture|system design|system architecture|architektur|arquitectura|microservices|架构|系统|アーキテクチャ',
	infra:
		'infrastructure|infra|kubernetes|k8s|terraform|cluster|cloud architecture|network topology|deployment architecture|基础设施|インフラ',
	commit:
		'commit|commits|branch|pr|prs|pull request|pull requests|merge request|merge conflict|merge conflicts|conflicts|tag|worktree|rama|ramas|zweig',
	release: 'release|version|production|staging|npm|pypi|app store|marketplace|docker hub|heroku|vercel|netlify|cloudflare|版本',
	status: 'status|logs|log files|metrics|usage|uptime|disk usage|health|protokolle|日志|ログ',
	data: 'data|database|db|files and data|old files|old logs|old branches|temp files|temporary files|disk space|docker images|old containers|backups|backup|cache files|datenbank|daten|base de datos|base de données|数据|数据库|データベース|データ|server',
	'dead code':
		'dead code|unused|unused code|unused imports|unused variables|unused functions|obsolete code|legacy code|console logs|console.log|commented-out code|commented out code|deprecated code|toten code|无用代码|死代码|未使用',
	error:
		'error|errors|error message|exception|exceptions|stack trace|stacktrace|traceback|warning|erreur|erreurs|errores|报错|错误|异常|エラー|例外',
	crash:
		'crash|crashes|crashed|crashing|hang|hangs|hanging|freeze|freezes|freezing|deadlock|infinite loop|memory leak|memory leaks|out of memory|oom|segfault|segmentation fault|data loss|loses data|panic|panics|null pointer|absturz|stürzt ab|plante|se cuelga|崩溃|卡死|闪退|内存泄漏|死锁|クラッシュ|フリーズ|メモリリーク|落ちる',
	regression:
		'regression|regressions|used to work|worked before|it worked yesterday|stopped working|no longer works|no longer work|since the update|since the upgrade|since upgrading|since updating|after the update|after the upgrade|after upgrading|after updating|after the refactor|after the refactoring|after refactoring|after the merge|after merging|after the last commit|since the last commit|since the last release|marche plus|früher ging|ging vorher|之前可以|之前正常|更新后|以前は|回帰',
	handling:
		"error handling|error-handling|error messages|exception handling|error boundary|error page|error reporting|error logging|error codes|crash reporting|bug report|bug reports|bug tracker|fehlerbehandlung|gestion des erreurs|gestion d'erreurs|manejo de errores|test mode|test button|test data|test page|build info|build number|commit message|commit hash|deploy button|review page|plan page|错误处理|异常处理|エラー処理|エラーハンドリング",
	file: 'file|files|folder|folders|directory|variable|variables|function|functions|method|methods|symbol|datei|dateien|fichier|archivo|文件|文件夹|变量|函数|ファイル|変数|関数',
	codebase:
		'codebase|code base|repo|repository|this project|the project|code organization|code structure|source tree|代码库|项目结构|コードベース',
	changes:
		'what changed|what has changed|changes|diff|git diff|my changes|recent changes|last commit|last commits|recent commits|this branch',
	trial: 'experiment|experiments|spike|poc|proof of concept',
	performance: 'performance|speed|latency|slow|slower|bundle size|leistung|性能|速度|パフォーマンス|遅い',
};

/** Phrases in the order of the lists; a word keeps the first topic it was given. */
export const topicWords: ReadonlyMap<string, Topic> = topicWordsOf();

function topicWordsOf(): Map<string, Topic> {
	const words = new Map<string, Topic>();
	for (const [topic, list] of Object.entries(lists) as [Topic, string][]) {
		for (const word of list.split('|')) if (!words.has(word)) words.set(word, topic);
	}
	return words;
}
