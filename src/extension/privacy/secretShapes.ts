/**
 * What secrets look like: the shapes that `redact.ts` looks for, in the order in which it does. A pattern that takes too much costs
 * a word; one that takes too little costs somebody their account, so shapes are wide.
 */
import { isPlainWord, isProgramText } from './programText.ts';

export type SecretKind = 'private key' | 'API key' | 'token' | 'password' | 'connection string';

interface Shape {
	readonly kind: SecretKind;
	/** The group `secret` is what is taken out; the whole match without one. */
	readonly pattern: RegExp;
	/** Looks again at what matched; everything is a secret without it. */
	readonly isSecret?: (secret: string, found: Found) => boolean;
}

interface Found {
	/** The group `name`. */
	readonly name: string;
	/** The group `quote` is there. */
	readonly isQuoted: boolean;
	/** The character after the match; empty at the end. */
	readonly after: string;
}

const hasDigit = (text: string): boolean => /\d/.test(text);

/** A word of letters alone is more likely a name than a password. */
const looksRandom = (text: string): boolean => hasDigit(text) || /[^\p{L}0-9_.-]/u.test(text) || text.length >= 24;

/** As only a machine writes it: no word, no name of a program's. */
const isMixed = (text: string): boolean => hasDigit(text) && /[a-z]/.test(text) && (/[A-Z]/.test(text) || /^[0-9a-f]{20,}$/.test(text));

const isValue = (secret: string, found: Found): boolean => !isProgramText(secret, found);

/** How many tokens, not which one. */
const isCount = (secret: string, name: string): boolean => /token/i.test(name) && /^[\d._]+$/.test(secret);

/** Words that stand after "Bearer" where people talk about it. */
const schemeWord = /^(?:auth|authentication|authorization|token|tokens|scheme|header|headers)$/i;

/** A name and a password in base 64, of which the last characters may be missing. */
const isBasicLogin = (secret: string): boolean => {
	try {
		return /^[\x20-\x7e]*:/.test(atob(secret.slice(0, secret.length - (secret.length % 4))));
	} catch {
		return false;
	}
};

// Bounded repetitions throughout, and none that begins inside a word it has tried already: transcripts hold words of
// megabytes, and nothing here may go over one again and again.
export const shapes: readonly Shape[] = [
	{
		kind: 'private key',
		// A key's header alone, as in a sentence about keys, is none; one that was cut off before its end is, as far as it goes on like one.
		pattern:
			/-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?=\s{0,4}(?:\\[rn]|[\r\n]|[A-Za-z0-9+/]{16}|$)|["'`]\s{0,4}[+,.\\]?\s{0,40}["'`][A-Za-z0-9+/]{16})(?:(?:[^-]|-(?!----)){0,400000}-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:[^"'`<>{}-]|-(?!----)|["'`]\s{0,4}[+,.\\]?\s{0,40}["'`]){0,20000})/g,
	},
	{ kind: 'private key', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{20,100}/g },
	{ kind: 'API key', pattern: /\bsk-[A-Za-z0-9_-]{8,400}/g, isSecret: looksLikeKey },
	{ kind: 'API key', pattern: /\b(?:[rsp]k_(?:live|test)|whsec)_[A-Za-z0-9]{8,200}/g },
	{ kind: 'API key', pattern: /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,20}\b/g },
	{ kind: 'API key', pattern: /\bAIza[A-Za-z0-9_-]{30,45}/g },
	{ kind: 'token', pattern: /\bgh[pousr]_[A-Za-z0-9]{16,300}|\bgithub_pat_[A-Za-z0-9_]{20,300}|\bglpat-[A-Za-z0-9_-]{16,100}/g },
	{ kind: 'token', pattern: /\bhooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/-]{8,300})/g },
	{ kind: 'token', pattern: /\bxox[abeprs]-[A-Za-z0-9-]{8,300}|\bxapp-[A-Za-z0-9-]{8,300}/g },
	{ kind: 'token', pattern: /\b(?:npm_[A-Za-z0-9]{30,60}|hf_[A-Za-z0-9]{20,100}|pypi-[A-Za-z0-9_-]{20,400})/g, isSecret: hasDigit },
	{ kind: 'token', pattern: /\b(?:dop_v1_|shp(?:at|ca|pa|ss)_)[a-f0-9]{20,100}|\bsq0(?:atp|csp)-[\w-]{20,100}|\bya29\.[\w-]{20,400}/g },
	{ kind: 'token', pattern: /\bGOCSPX-[\w-]{16,60}|\bhv[bsr]\.[\w-]{16,400}|\bglsa_[A-Za-z0-9]{16,60}_[a-f0-9]{8}\b/g },
	{ kind: 'token', pattern: /\b(?:dapi|sbp_)[a-f0-9]{32,60}(?:-\d)?\b|\b(?:lin_api|ntn)_[A-Za-z0-9]{16,100}/g },
	{ kind: 'token', pattern: /\b(?:glptt|gldt|glrt|glcbt|glft|glimt|glagent|gloas)-[A-Za-z0-9_-]{16,100}|\bATBB[A-Za-z0-9]{24,60}/g },
	{
		kind: 'token',
		pattern: /\b(?:ATATT3x|ATCTT3x)[A-Za-z0-9_=-]{20,400}|\bsntry[su]_[A-Za-z0-9+/=_-]{20,400}|\bdckr_(?:pat|oat)_[\w-]{20,100}/g,
	},
	{
		kind: 'token',
		pattern:
			/\bdp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{20,120}|\bFlyV1\s(?<secret>fm\d[\w,+/=-]{20,2000})|\b(?:nfp|pul|figd)[_-][A-Za-z0-9_-]{20,100}/g,
		isSecret: hasDigit,
	},
	{
		kind: 'token',
		pattern: /\b(?:r8|gsk)_[A-Za-z0-9]{30,60}|\b(?:xai|pplx|nvapi|NRAK)-[A-Za-z0-9_-]{20,120}|\bph[cxs]_[A-Za-z0-9]{30,60}/g,
		isSecret: hasDigit,
	},
	{
		kind: 'token',
		pattern:
			/\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}|\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{30,100}|\bHRKU-[A-Za-z0-9_-]{20,100}|\bSK[0-9a-f]{32}\b/g,
	},
	{ kind: 'token', pattern: /\bdiscord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{10,25}\/[\w-]{30,120})/g },
	{
		kind: 'token',
		pattern:
			/\bPMAK-[\w-]{20,100}|\brubygems_[0-9a-f]{32,64}|\btskey-(?:auth|api|client|scim|webhook)-[\w-]{16,120}|\bpscale_(?:pw|tkn|oauth)_[\w.-]{20,100}|\bsb_secret_[\w-]{16,80}/g,
	},
	{
		kind: 'token',
		pattern: /\bpcsk_\w{20,120}|\blsv2_(?:pt|sk)_\w{20,100}|\btvly-[\w-]{16,80}|(?<![\w/])1\/\/0[\w-]{20,200}/g,
		isSecret: hasDigit,
	},
	// A bot of Discord: three parts, of which the first is its number in base 64.
	{ kind: 'token', pattern: /\b[MNO][A-Za-z\d_-]{22,27}\.[\w-]{6}\.[\w-]{27,45}\b/g, isSecret: hasDigit },
	// Mailgun's and Mailchimp's.
	{ kind: 'API key', pattern: /\bkey-[0-9a-f]{32}\b|\b[0-9a-f]{32}-us\d{1,2}\b/g },
	// Telegram's: the number of a bot, often behind the word "bot".
	{ kind: 'token', pattern: /(?<!\d)\d{8,12}:AA[\w-]{30,60}/g },
	// Azure's shared access signature.
	{ kind: 'token', pattern: /(?<!\w)sig=(?<secret>[\w%+/=-]{16,200})/g, isSecret: secret => /[\d%]/.test(secret) },
	{ kind: 'token', pattern: /\bSG\.[\w-]{16,40}\.[\w-]{10,80}/g },
	{ kind: 'token', pattern: /\beyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,2000})?/g },
	{ kind: 'token', pattern: /\bBearer\s{1,4}(?<secret>[\w.~+/=-]{8,4000})/gi, isSecret: secret => !schemeWord.test(secret) },
	{ kind: 'token', pattern: /\bBasic\s{1,4}(?<secret>[A-Za-z0-9+/]{8,400}={0,2})/gi, isSecret: isBasicLogin },
	{
		kind: 'token',
		pattern: /\bAuthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:token|key|api-?key|bot|negotiate|sso-key)\s{1,3}(?<secret>[^\s"',;]{8,4000})/gi,
		isSecret: isValue,
	},
	{ kind: 'token', pattern: /\b(?:Set-)?Cookie(?:["']\s{0,3})?:\s{0,4}["']?(?<secret>[^\s=;]{1,80}=[^\r\n'"]{8,4000})/gi },
	{
		kind: 'connection string',
		// A password before the @ of an address; a port before a path that holds an @ is none. It may hold an @ itself, where no host follows.
		pattern:
			/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"]{0,200}:(?!\d{1,5}[/?#])(?<secret>[^\s@'"]{1,400}(?:@(?!(?:(?:[\w-]{1,63}\.){1,8}[\w-]{1,63}|localhost|[\w-]{1,63}:\d{1,5}|\[)(?:[:/?#\s"'),;\]]|$))[^\s@'"]{0,200}){0,3})@/gi,
		isSecret: isValue,
	},
	// A token alone before the @.
	{ kind: 'token', pattern: /\bhttps?:\/\/(?<secret>[\w.~%+-]{16,400})@(?=\w)/gi, isSecret: hasDigit },
	// As drivers of Go have it.
	{
		kind: 'connection string',
		pattern: /(?<=[\w.-]):(?<secret>[^\s:/'"][^\s'"]{0,120})@(?:tcp6?|unix)\(/g,
		isSecret: isValue,
	},
	{
		kind: 'connection string',
		pattern: /\b(?:AccountKey|SharedAccessKey|Pwd|Password)=(?<secret>[^;&\s'"]{3,400})/gi,
		isSecret: isValue,
	},
	{
		kind: 'password',
		// What follows the option of a program that takes a password there. Looks back only where there is such an option.
		pattern:
			/(?<=\s)(?:(?:-[sSfLkvigIO#]{0,8}u|-U|-a|--user|--proxy-user|--auth)(?<=\b(?:curl|wget|https?|xh)\s(?:[^\r\n]|\\\r?\n){0,200})(?:=|\s{0,3})["']?[^\s:"'$]{0,100}:|-p(?<=\b(?:mysql|mariadb)[\w-]{0,20}\s[^\r\n]{0,200})["']?|-p(?<=\b(?:sshpass|mongo\w{0,10}|(?:docker|podman|az|oc|helm\s{1,3}registry)\s{1,3}login)\s[^\r\n]{0,200})\s{0,3}["']?|(?:-a|--pass)(?<=\bredis-cli\s[^\r\n]{0,200})\s{1,3}["']?)(?<secret>[^\s"']{1,400})/g,
		isSecret: isValue,
	},
	{
		kind: 'password',
		// In quotes everything up to the other one is meant, and one with a backslash is not the other one.
		pattern:
			/(?:passw(?:or)?[dt]|kennwort|passphrase|secret)["']?\s{0,3}(?::=|=>|[:=])\s{0,3}(?<quote>["'])(?<secret>(?:\\[^\r\n]|(?!\k<quote>)[^\\\r\n]){4,400})\k<quote>/gi,
		isSecret: isValue,
	},
	{
		kind: 'password',
		// A key in quotes may hold spaces, unless it reads like a sentence.
		pattern:
			/(?:secret|api|access|private|signing|encryption|auth)[_-]?(?:key|token)["']?\s{0,3}(?::=|=>|[:=])\s{0,3}(?<quote>["'])(?<secret>(?:\\[^\r\n]|(?!\k<quote>)[^\\\r\n]){6,400})\k<quote>/gi,
		isSecret: (secret, found) => isValue(secret, found) && hasDigit(secret) && /[^\w.-]/.test(secret),
	},
	{
		kind: 'password',
		// Names too short to be told anywhere but in quotes. A folder is named `pwd` as well, and behind a question mark it is no name.
		pattern:
			/(?<!\?\s{0,3})["'](?:pwd|pass|passcode)["']\s{0,3}(?::|=>?)\s{0,3}(?<quote>["'])(?<secret>(?:\\[^\r\n]|(?!\k<quote>)[^\\\r\n]){4,400})\k<quote>/gi,
		isSecret: (secret, found) => isValue(secret, found) && !isPlainWord(secret) && !/^(?:[~.]{0,2}[\\/]|[A-Za-z]:[\\/])/.test(secret),
	},
	{
		kind: 'password',
		// The name is a value itself, beside what it names.
		pattern:
			/\b(?:name|key)["']?\s{0,3}[:=]\s{0,3}["']?[\w.-]{0,60}(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)[\w.-]{0,20}["']?(?:,\s{0,20}|\s{1,20})["']?value["']?\s{0,3}[:=]\s{0,3}(?<quote>["']?)(?<secret>[^\s"',}]{3,400})/gi,
		isSecret: (secret, found) => isValue(secret, found) && !isPlainWord(secret),
	},
	{
		kind: 'password',
		// An element of XML.
		pattern:
			/<[\w:.-]{0,40}(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key)(?:\s[^<>]{0,200})?>\s{0,3}(?<secret>[^<>\s]{3,400})\s{0,3}<\//gi,
		isSecret: (secret, found) => isValue(secret, found) && !isPlainWord(secret),
	},
	{
		kind: 'password',
		// A row of a table in Markdown.
		pattern:
			/\|[ \t*`_]{0,10}[\w.-]{0,40}(?:passw(?:or)?[dt]|passphrase|secret|token|api[ _-]?key)[ \t*`_]{0,60}\|[ \t*`]{0,20}(?<secret>[^\s|`*()]{4,400})(?=[ \t*`]{0,60}\|)/gi,
		isSecret: (secret, found) => isValue(secret, found) && hasDigit(secret),
	},
	{
		kind: 'password',
		// A .netrc.
		pattern: /\bmachine\s{1,8}\S{1,200}\s{1,20}login\s{1,8}\S{1,200}\s{1,20}password\s{1,8}(?<secret>\S{1,400})/g,
	},
	{ kind: 'password', pattern: /\blogin\s{1,8}\S{1,200}\s{1,20}password\s{1,8}(?<secret>\S{4,400})/g, isSecret: hasDigit },
	{
		kind: 'password',
		// Keys of programs by their names in the environment.
		pattern: /(?<!PUBLIC)_KEY["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>[\w/+=.:-]{20,400})/g,
		isSecret: isMixed,
	},
	{
		kind: 'password',
		// A line of an .env file: whatever stands there is meant.
		pattern:
			/(?<![\w.-])(?<name>[A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|PASSPHRASE|(?<![A-Z0-9])PASS(?![A-Z0-9])|(?<=_)PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)[A-Z0-9_]{0,20})=(?<quote>["']?)(?<secret>[^\s"',;)}&=]{3,400}(?:=[^\s"',;)}&=]{0,200}){0,3})/g,
		isSecret: (secret, found) => isValue(secret, found) && !isCount(secret, found.name),
	},
	{
		kind: 'password',
		pattern:
			/(?<![\w.-])(?<name>[\w.-]{0,60}(?:passw(?:or)?d|passphrase|secret|token|api[ _-]?key|access[_-]?key|private[_-]?key|auth)[\w-]{0,20})["'`*]{0,3}(?:\s{0,3}(?::=|=>(?=\s{0,3}["'])|[:=]\*{0,3})\s{0,3}|(?<=-\S{0,80})\s| is )`?(?<quote>["']?)(?!\/\/)(?<secret>[^\s"'`,;)}&=]{6,400})/gi,
		isSecret: (secret, found) => isValue(secret, found) && looksRandom(secret) && !isCount(secret, found.name),
	},
	{
		kind: 'password',
		// A password may be a word, where no other word makes sense.
		pattern:
			/(?<![\w.-])(?:[\w.-]{0,60}(?:passw(?:or)?[dt]|kennwort|passphrase)|[\w.-]{0,60}[_-]pass)["'`*]{0,3}(?:\s{0,3}(?::=|=>(?=\s{0,3}["'])|[:=]\*{0,3})\s{0,3}|(?<=-\S{0,80})\s|\s(?:is|ist|lautet|was|war)(?::\s{0,3}|\s))`?(?<quote>["']?)(?<secret>[^\s"'`,;)}&=]{4,400})/gi,
		isSecret: (secret, found) => isValue(secret, found) && (found.isQuoted || !isPlainWord(secret)),
	},
	{
		kind: 'password',
		// As `aws configure set` and tables have it.
		pattern:
			/(?<![\w.-])[\w-]{0,60}(?:secret|access|api|auth|private)[_-](?:access[_-])?(?:key|token)["']?\s{1,3}["']?(?<secret>[\w/+=.-]{16,400})/gi,
		isSecret: isMixed,
	},
	// The end of a text may be where it was cut: of titles, summaries of calls and long outputs only the beginning was kept, and of a
	// secret there not enough to be known by the shapes above. What begins like one there is taken for one; wrongly, it costs a word.
	{
		kind: 'connection string',
		// Not a port, the drive of a file, an address in brackets or the name of an image with its version.
		pattern: /\b(?!file:|docker:)[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"[]{0,200}:(?!\d{1,5}(?:[/?#]|$))(?<secret>[^\s@'"]{1,400})$/gi,
		isSecret: isValue,
	},
	{ kind: 'private key', pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----\s{1,4}[A-Za-z0-9+/]{1,15}$/g },
	{
		kind: 'token',
		pattern:
			/\b(?:sk-|[rsp]k_(?:live|test)_|whsec_|gh[pousr]_|github_pat_|gl[a-z]{2,6}-|xox[abeprs]-|xapp-|pypi-|dop_v1_|shp(?:at|ca|pa|ss)_|ya29\.|GOCSPX-|hv[bsr]\.|glsa_|SG\.|dckr_(?:pat|oat)_|figd_|xai-|pplx-|nvapi-|sbp_|ATATT3x|ATCTT3x)(?=[\w.+/=-]{0,400}\d)[\w.+/=-]{4,400}$|\b(?:(?:AKIA|ASIA)[A-Z0-9]{4,20}|AIza[\w-]{4,45}|AGE-SECRET-KEY-1[A-Z0-9]{4,100}|(?:npm_|hf_|gsk_|r8_|lin_api_|ntn_)(?=[A-Za-z]{0,60}\d)[A-Za-z0-9]{4,60})$/g,
	},
	{
		kind: 'password',
		// In quotes of which the other one is missing.
		pattern:
			/(?<![\w.-])[\w.-]{0,60}(?:passw(?:or)?[dt]|kennwort|passphrase|secret)["']?\s{0,3}[:=]\s{0,3}(?<quote>["'])(?<secret>[^"'\r\n]{1,400})$/gi,
		isSecret: isValue,
	},
];

/** `sk-learn` is no key: those hold digits, or are long. */
function looksLikeKey(secret: string): boolean {
	return hasDigit(secret) || secret.length >= 30;
}
