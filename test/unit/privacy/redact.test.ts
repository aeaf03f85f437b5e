import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redactForLog, redactSecrets } from '../../../src/extension/privacy/redact.ts';
import type { SecretKind } from '../../../src/extension/privacy/secretShapes.ts';

const redacted = (text: string) => redactSecrets(text).text;
/** Without what the tests hide in it. */
const seenText = (text: string) => text.replace(/\u001b\[[\d;]*[A-Za-z]|[\u0000\u00ad\u200b\u202e]/g, '');

/** Made up, in the shapes of real ones. What stands in «…» is the secret. */
const secrets: Readonly<Record<SecretKind, readonly string[]>> = {
	'API key': [
		'failed with «sk-ant-api03-abcdefghijk» twice',
		'«sk-proj-abc123_DEF456»',
		'«sk_live_abcdefgh12345678»',
		'«whsec_abcdefghij1234567890»',
		'«AKIAABCDEFGHIJKLMNOP»',
		'key=«AIzaSyA1234567890abcdefghijklmnopqrstuv»',
		'mail «key-0123456789abcdef0123456789abcdef» sent',
		'list «0123456789abcdef0123456789abcdef-us12»',
	],
	token: [
		'«ghp_abcdefghijklmnop1234»',
		'«github_pat_11ABCDEFG0abcdefghijklmnopqrst»',
		'«glpat-abcdefghij1234567890»',
		'«glrt-abcdefghij1234567890»',
		'«ATBBabcdefghijABCDEFGHIJ12345678»',
		'«ATATT3xFfGF0abcdefghijklmnop_-=ABCD1234»',
		'«sntrys_eyJpYXQiOjE2ODczMzY1abcd»',
		'«dckr_pat_abcdefghijklmnopqrstuvwx123»',
		'«dp.pt.abcdefghijklmnopqrstuvwxyz0123456789»',
		'FlyV1 «fm2_lJPECAAAAAAAAAAAxBDabcdefghij1234567»',
		'«nfp_abcdefghijklmnop1234567890ABCDEF»',
		'«pul-0123456789abcdef0123456789abcdef01234567»',
		'«figd_abcdefghijklmnop1234567890ABCD»',
		'«r8_abcdefghijklmnopqrstuvwxyz0123456789a»',
		'«gsk_abcdefghijklmnopqrstuvwxyz0123456789abcdefghij»',
		'«xai-abcdefghij1234567890»',
		'«NRAK-ABCDEFGHIJKLMNOP1234567890»',
		'«phc_abcdefghijklmnopqrstuvwxyz0123456789abcd»',
		'«patAbCdEfGhIjKlMn.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef»',
		'«AbCdEfGhIjKlMn.atlasv1.abcdefghijklmnopqrstuvwxyz0123456789abcd»',
		'«HRKU-01234567-89ab-cdef-0123-456789abcdef»',
		'«SK0123456789abcdef0123456789abcdef»',
		'https://discord.com/api/webhooks/«1234567890123456789/abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJ-1234567890»',
		'«MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB»',
		'«xoxb-123456789-abc»',
		'//registry.npmjs.org/:_authToken=«npm_abcdefghijklmnopqrstuvwxyz0123456789»',
		'«pypi-AgEIcHlwaS5vcmcCJDEyMzQ1Njc4»',
		'«hf_abcdefghijklmnopqrstuvwxyz012345»',
		'«SG.abcdefghijklmnopqrstuv.wxyz0123456789»',
		'«ya29.a0AfH6SMBx1234567890abcdefghij»',
		'«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123»',
		'Authorization: Bearer «abc.def-ghi_jkl»',
		"-H 'authorization: Basic «dXNlcjpwYXNzd29yZA==»'",
		'Set-Cookie: «session=abc123def456ghi789»',
		'Authorization: token «0123456789abcdef0123456789abcdef01234567»',
		'"Authorization": "Token «0123456789abcdef0123456789abcdef01234567»"',
		'https://hooks.slack.com/services/«T01234567/B01234567/abcdefghijklmnopqrstuvwx»',
		'«GOCSPX-abcdefghij1234567890ABCDEFGH»',
		'«dapi0123456789abcdef0123456789abcdef»',
		'«lin_api_abcdefghij1234567890ABCDEFGHIJ1234567890abcd»',
		'«ntn_12345678901abcdefghijklmnop»',
		'«hvs.CAESIabcdefghijklmnop1234567890»',
		'«sbp_0123456789abcdef0123456789abcdef01234567»',
		'«glsa_abcdefghijklmnop1234567890ABCDEF_12345678»',
		'https://api.telegram.org/bot«123456789:AAEhBP0av28abcdefghijklmnopqrstuvwx»/getMe',
		'authorization: basic «dXNlcjpwYXNzd29yZA==»',
		'{"Cookie": "«session=abcdef1234567890»"}',
		'https://«oauth1234567890abcdef»@github.com/x/y.git',
		`«PMAK-${'0123456789abcdef'.repeat(4)}»`,
		`«rubygems_${'0123456789abcdef'.repeat(3)}»`,
		`«tskey-auth-${'aB3dE5fG7hJ9'.repeat(3)}»`,
		`«pscale_tkn_${'aB3dE5fG7hJ9'.repeat(3)}»`,
		`«pscale_pw_${'aB3dE5fG7hJ9'.repeat(3)}»`,
		`«sb_secret_${'aB3dE5fG7hJ9'.repeat(3)}»`,
		`«shpca_${'0123456789abcdef'.repeat(2)}»`,
		`«pcsk_${'aB3dE5fG7hJ9'.repeat(5)}»`,
		`«lsv2_pt_${'0123456789abcdef'.repeat(2)}_0123456789»`,
		`«tvly-dev-${'aB3dE5fG7hJ9'.repeat(3)}»`,
		`«1//0${'aB3dE5fG7hJ9'.repeat(5)}»`,
		'otpauth://totp/x?secret=«JBSWY3DPEHPK3PXP»',
		'https://x.blob.core.windows.net/c?sv=2022&sig=«abcdEFGH1234%2Babcdefg%3D»&se=2026',
	],
	password: [
		'password = "«hunter2x»"',
		"password: '«correct horse battery»'",
		'{"password": "«p@ssw0rd!»"}',
		"'token': '«abcd1234efgh»'",
		'DB_PASSWORD=«correcthorse»',
		'export API_KEY=«abc123def456»',
		'aws_secret_access_key = «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»',
		'x-api-key: «abc123def456»',
		'deploy --api-key «abc123def456» --fast',
		'deploy --token=«abc123def456»',
		'the password is «hunter2x»',
		'curl -u admin:«hunter22pass» https://x',
		'curl -s https://x --user "admin:«swordfish»"',
		'curl \\\n  -u admin:«swordfish» https://x',
		'mysql -uroot -p«S3cretPw99» db',
		"mysqldump -u root -p'«sword-fish»' db",
		'sshpass -p «hunter22» ssh h',
		"sshpass -p'«hunter»' ssh h",
		'redis-cli -h x -a «hunter22pw» ping',
		'docker login -u me -p «swordfish»',
		'wget --user me --password «swordfish» x',
		'DB_PASS=«hunter22»',
		'export DB_PASS=«swordfish»',
		'PGPASSWORD=«abc» psql',
		'SECRET="«two words, and more»"',
		'aws configure set aws_secret_access_key «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»',
		'my password is «swordfish»',
		'the password is: «hunter»',
		'password: «swordfish»',
		'passwd = «correcthorse»',
		'Passwort: «Geheim123!»',
		'Das Passwort lautet «sesamoeffnedich».',
		'db_pass: «ab12»',
		"password='«(abc»'",
		'password: "«p(ss[rd»"',
		'password = «hunter2(x»',
		'token=«[a]bc123def»',
		'password := "«hunter2go»"',
		"'password' => '«hunter2php»'",
		'"api_key" => "«abc123def456»"',
		'<password>«hunter2xml»</password>',
		'<db:password type="plain">«hunter2xml»</db:password>',
		'{"pwd":"«hunter2x»"}',
		'{"pass":"«hunter2x»"}',
		'**Password:** «hunter2md»',
		'**Password**: «hunter2md»',
		'Password: `«hunter2md»`',
		'API key: `«abc123def456ghi»`',
		'| user | me |\n| password | «hunter2md» |',
		'| **API key** | `«abc123def456»` |',
		'machine example.com login me password «swordfish»',
		'machine example.com\n  login me\n  password «swordfish»\n',
		'login me password «swordfish9»',
		'{"name":"DB_PASSWORD","value":"«hunter2x9»"}',
		'- name: DB_PASSWORD\n  value: «hunter2x9»',
		'<add key="ApiKey" value="«abc123def456»" />',
		`ENCRYPTION_KEY=«${'0123456789abcdef'.repeat(4)}»`,
		`SIGNING_KEY: "«${'0123456789abcdef'.repeat(4)}»"`,
		'curl -su admin:«hunter2x» https://x',
		'curl -sSLu "admin:«hunter2x»" https://x',
		'mongosh -u root -p «hunter2x»',
		"SECRET_KEY='«django insecure 9#$k»'",
		'{"password":"«swo\\"rdfish1»"}',
		'SECRET=«abc=def=ghi»',
	],
	'connection string': [
		'postgres://ann:«s3cret»@db.example.com/app',
		'redis://:«pa55»@host:6379',
		'mongodb+srv://a:«b%40c»@cl.mongodb.net',
		'https://user:«tok3n»@github.com/a/b.git',
		'postgresql://app:«p@ss/w0rd!»@db.example.com:5432/x',
		'postgresql://app:«p@ss.word»@localhost/x',
		'root:«hunter2x»@tcp(127.0.0.1:3306)/db',
		'AccountName=x;AccountKey=«abcd1234==»;EndpointSuffix=core.windows.net',
		'Server=db;User Id=sa;Password=«Sup3r»;',
		'jdbc:postgresql://h/db?user=a&password=«abc12345»',
	],
	'private key': [
		'«-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----»\nafter',
		'key = "«-----BEGIN RSA PRIVATE KEY-----" +\n  "MIIEabcdefghijklmn»',
		'"«-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----»"',
		'«-----BEGIN PGP PRIVATE KEY BLOCK-----\nx\n-----END PGP PRIVATE KEY BLOCK-----» after',
		'cut off: «-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb»',
		'«AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ»',
	],
};

/** Text about secrets, and text that looks like one. */
const harmless = [
	'token = getToken()',
	'const token = await fetchToken(user.id);',
	'token: req.headers.authorization',
	'apiKey: process.env.API_KEY',
	'secret = os.environ["X"]',
	'api_key = config.get("key1")',
	'password: string',
	'password: $DB_PASSWORD',
	'const token = req.headers.token',
	'it took 12k tokens',
	'const password = await prompt("Password?")',
	'password: string[]; password = users[0].secret;',
	'password: Array<string>',
	'secret: [1, 2]',
	'const secret = useRef<string>(null)',
	'password = hashedPassword',
	'password = user_password',
	'the password is wrong. The password is required, the password is not stored',
	'password: the reset mail never arrives',
	'docker run -u 1000:1000 -p 8080:80 x; chown -u root:root',
	'git push -u origin main:main',
	'mysql -p db',
	'mkdir -p src/new && cp -p a b',
	'the --password flag',
	'the api_key configuration_of_the_gateway',
	'sig=computeSignatureOfRequest',
	'token: ${{ secrets.GITHUB_TOKEN }}',
	'ANTHROPIC_API_KEY=$(cat file)',
	'token !== previousToken1',
	'max_tokens=100000, "input_tokens": 123456789',
	'author: Johannes Kepler',
	'Bearer authentication is used, Basic authentication is not',
	'the check for "-----BEGIN PRIVATE KEY-----" in the linter',
	'-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
	'ask-a-question took 5 ms, sk-learn-something, task-list-component',
	'npm_config_registry_https_registry_npmjs_org_8080',
	'NotificationSettingsManager.update.somethingThatIsQuiteLongIndeed',
	'the key-value store, a pull-request-template-for-github, gsk_not_a_key',
	'http://localhost:3000/@scope/pkg',
	'see https://example.com:8080/x and mail a@b.c',
	'mysql://root:@localhost/x',
	'the server on http://localhost:3000',
	'password => hash(password)',
	'const check = token => token.value1()',
	'password := os.Getenv("X")',
	'token := newToken()',
	'{"pwd":"/home/me/project1"}',
	'{"pwd":"C:/Users/me1"}',
	'{"pass":"true"}',
	"isDone ? 'pass' : 'circle'",
	'"API key": "API-Schlüssel"',
	'<password>string</password>',
	'<Token>{token1}</Token>',
	'| password | string | the password of the user |',
	'| token | required |',
	'| password | varchar(255) |',
	'login and password are asked for; the login form has password fields',
	'{"name":"token","value":"string"}',
	'SORT_KEY=created_at_descending_order, CACHE_KEY=user',
	'PUBLIC_KEY=0123456789abcdef0123456789abcdef',
	'**Password:** required',
	'API key: required, the API key is missing',
	'https://example.com/@scope1234567890123/pkg and https://ann@example.com',
	'basic authentication, basic configuration',
	'apiKey: "Enter the key of your account"',
	'see file://C:/Users/x',
	'http://[::1]:8080',
	'docker://alpine:latest',
	'a plugin of eslint for sk-learn',
	'http://localhost:${PORT}',
];

describe('what must not leave the machine (NFR-2)', () => {
	for (const [kind, texts] of Object.entries(secrets)) {
		it(`has no ${kind} in it`, () => {
			for (const text of texts) {
				const secret = /«(.*)»/s.exec(text)?.[1] ?? '';
				const plain = text.replace(/[«»]/g, '');
				assert.ok(!redacted(plain).includes(secret), redacted(plain));
				assert.match(redacted(plain), /\[redacted [A-Za-z ]+\]/);
			}
		});
	}

	it('is taken out whole, however long a private key is', () => {
		const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEabcdefghijklmnopqrstuvwxyz\n'.repeat(2_000)}-----END RSA PRIVATE KEY-----`;
		assert.equal(redacted(`before ${key} after`), 'before [redacted private key] after');
	});

	it('says where something was, of what kind, and how often', () => {
		assert.deepEqual(redactSecrets('a ghp_abcdefghijklmnop1234 b ghp_abcdefghijklmnop1234 c'), {
			text: 'a [redacted token] b [redacted token] c',
			found: { token: 2 },
		});
		assert.equal(redacted('«-»'.replace('-', 'password = "hunter2x"')), '«password = "[redacted password]"»');
	});

	it('is known by its beginning at the end of a text, which may have been cut there', () => {
		const beginnings = [
			'psql postgresql://admin:«Tr0ub4dorAndThreeMore»',
			'use redis://:«swordf»',
			'git clone https://me:«p/ss»',
			'set «ghp_ab1»2',
			'the key «sk-ant-api03-Ab»',
			'id «AKIAAB»CD',
			'-----BEGIN PRIVATE KEY----- «MIIEvQ»',
			'{"password": "«correct horse bat»',
			'Authorization: Basic «dXNlcjpwYXNzd2»',
		];
		for (const text of beginnings) {
			const secret = /«(.*)»/s.exec(text)?.[1] ?? '';
			const plain = text.replace(/[«»]/g, '');
			for (const cut of [plain, JSON.stringify(plain).slice(0, -1)]) assert.ok(!redacted(cut).includes(secret), redacted(cut));
		}
	});

	it('is known in JSON, and in JSON within JSON, which stays JSON', () => {
		for (const text of Object.values(secrets).flat()) {
			const secret = /«(.*)»/s.exec(text)?.[1] ?? '';
			const plain = `before\n${text.replace(/[«»]/g, '')}\tafter`;
			const once = JSON.stringify({ content: plain }, null, 2);
			assert.ok(!(JSON.parse(redacted(once)) as { content: string }).content.includes(secret), redacted(once));
			const twice = JSON.stringify({ body: once });
			const { body } = JSON.parse(redacted(twice)) as { body: string };
			assert.ok(!(JSON.parse(body) as { content: string }).content.includes(secret), redacted(twice));
		}
		const lines = redacted(JSON.stringify('A=1\nAPI_KEY=abc123\nDB_PASSWORD=hunter2x\nB=2'));
		assert.doesNotMatch(lines, /abc123|hunter2x/, 'the end of a line ends a value, whatever it holds for who reads no escapes');
		assert.match(lines, /^"A=1\\nAPI_KEY=.*\\nB=2"$/);
	});

	it('is known behind colours and between characters that nobody sees', () => {
		const hidden = ['\u001b[01;31m\u001b[K', '\u200b', '\u00ad', '\u202e', '\u0000'];
		for (const text of Object.values(secrets).flat()) {
			const secret = /«(.*)»/s.exec(text)?.[1] ?? '';
			const plain = text.replace(/[«»]/g, '');
			for (const mark of hidden) {
				const marked = redacted(Array.from(plain).join(mark));
				assert.ok(!marked.includes(Array.from(secret).join(mark)), marked);
				assert.equal(seenText(marked), redacted(plain));
			}
			assert.ok(
				!seenText((JSON.parse(redacted(JSON.stringify([Array.from(`${plain} .`).join('\u001b[K')]))) as string[])[0] ?? '').includes(
					secret,
				),
				plain,
			);
		}
		const link = '\u001b]8;;https://ann:s3cretpw@db.example.com\u001b\\\\open\u001b]8;;\u001b\\\\';
		assert.ok(!redacted(link).includes('s3cretpw'), 'what a code holds is in the file still');
	});

	it('is otherwise left as it is: program text, counts, words about secrets', () => {
		for (const plain of harmless) {
			for (const text of [plain, JSON.stringify(plain), JSON.stringify([JSON.stringify(plain)])]) {
				assert.deepEqual(redactSecrets(text), { text, found: {} });
			}
		}
	});

	it('is the same when it is gone over twice', () => {
		const pieces = [
			...Object.values(secrets)
				.flat()
				.map(text => text.replace(/[«»]/g, '')),
			...harmless,
			' ',
			'\n',
			'"',
			'=',
			':',
			'@',
			'&',
		];
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 12 })), { maxLength: 8 }), parts => {
				const once = redacted(parts.join(''));
				assert.equal(redacted(once), once);
			}),
		);
	});

	for (const word of [
		'a',
		'-',
		' ',
		'sk-',
		'eyJ',
		'token=',
		'password: "',
		'://',
		'x://a:',
		'-----BEGIN PRIVATE KEY-----',
		'-----BEGIN PRIVATE KEY-----\nMIIE',
		'-----BEGIN PRIVATE KEY-----\n-',
		'Bearer ',
		'a.',
		'passwd-',
		'curl ',
		'curl -u a:b ',
		' -u a:',
		'mysql -p ',
		' -px',
		'docker login ',
		'password is ',
		'a_pass: ',
		'12345678:AA',
		'sig=',
		'hooks.slack.com/services/',
		'Authorization: token ',
		'secret_access_key ',
		'a[',
		'password=a.',
		'password=a<',
		'discord.com/api/webhooks/1',
		'MTIz.',
		'patA1',
		'dp.pt.',
		'0123456789abcdef',
		'a://b:c',
		'a://b:c@',
		'a:b@',
		'https://a1',
		'<password>',
		'<password ',
		'|password|',
		'| token ',
		'machine a login b ',
		'login a ',
		'name: password ',
		'A_KEY=',
		'"pass":"',
		'"pass":"\\\\',
		'password="\\a',
		'password:**',
		'SECRET=a=',
		'1//0',
		'Cookie": "a=',
		'ghp_a1',
		'gl',
		'\\n',
		'\\',
		'\\"',
		'token=\\"a1!',
		'\u001b[31m',
		'\u200ba',
	]) {
		it(`is found in a megabyte of ${JSON.stringify(word)} without going over it again and again`, () => {
			const text = word.repeat(Math.ceil(1_000_000 / word.length));
			assert.ok(redactSecrets(text).text.length > 0);
		}).timeout(10_000);
	}
});

describe('what goes into the log', () => {
	it('has no home folder in it', () => {
		assert.equal(redactForLog('read /home/ann/.claude/x and /home/ann', '/home/ann'), 'read ~/.claude/x and ~');
		assert.equal(redactForLog('C:\\Users\\Ann\\x C:/Users/Ann/y', 'C:\\Users\\Ann'), '~\\x ~/y');
		assert.equal(redactForLog('/etc', '/'), '/etc', 'a home of / hides nothing');
	});

	it('has no key in it', () => {
		assert.equal(redactForLog('GET /home/ann?key=sk-ant-api03-abcdefghijk', '/home/ann'), 'GET ~?key=[redacted API key]');
	});
});
