/** Secrets found on the way: which to take out, and what a person is shown of them before anything is written. */
import { createHmac, randomBytes } from 'node:crypto';
import { redactionMark, redactSecrets } from '../privacy/redact.ts';
import type { SecretKind } from '../privacy/secretShapes.ts';
import type { SecretFinding, SecretSample } from '../../webview/contract/exports.ts';
import { oneLine } from './visibleText.ts';

/** Keys of findings are worthless elsewhere: nobody can try words against them. */
const salt = randomBytes(32);
/** For characters that transcripts do not use, around the number of a place. */
const [open, close] = ['\u{F0001}', '\u{F0002}'];
const placeMark = new RegExp(`\\[redacted [A-Za-z ]{1,20}${open}(\\d{1,9})${close}\\]`, 'gu');
const numbers = new RegExp(`${open}\\d{0,9}${close}?`, 'gu');

const mostSamples = 3;
const aroundLength = 60;
/** A shorter secret is mostly given away by its beginning. */
const longEnoughForBeginning = 24;

/** By the secret alone: where it is left in, another shape must not take it out. */
export function secretKey(secret: string): string {
	return createHmac('sha256', salt).update(secret).digest('hex').slice(0, 24);
}

/** Takes the secrets out of texts, one after the other, and counts them. */
export class Redactor {
	readonly #kept: ReadonlySet<string>;
	readonly counts: Record<string, number> = {};

	constructor(keptSecrets: readonly string[]) {
		this.#kept = new Set(keptSecrets);
	}

	redact(text: string): string {
		const { text: redacted, found } = redactSecrets(text, ({ kind, secret }) =>
			this.#kept.size > 0 && this.#kept.has(secretKey(secret)) ? null : redactionMark(kind),
		);
		for (const [kind, count] of Object.entries(found)) this.counts[kind] = (this.counts[kind] ?? 0) + count;
		return redacted;
	}
}

interface Gathered {
	readonly kind: SecretKind;
	readonly length: number;
	readonly beginning: string;
	places: number;
	readonly samples: SecretSample[];
}

/** Looks for secrets and gathers them for a preview. */
export class SecretSurvey {
	readonly #found = new Map<string, Gathered>();

	/** Answers the text without them, as an export would have it. */
	look(text: string, sessionId: string, where: string): string {
		const keys: string[] = [];
		const { text: marked } = redactSecrets(text, ({ kind, secret }) => {
			const key = secretKey(secret);
			keys.push(key);
			const gathered = this.#found.get(key);
			if (gathered !== undefined) gathered.places++;
			else {
				const beginning = kind !== 'private key' && secret.length >= longEnoughForBeginning ? oneLine(secret.slice(0, 4), 4) : '';
				this.#found.set(key, { kind, length: secret.length, beginning, places: 1, samples: [] });
			}
			return `${redactionMark(kind).slice(0, -1)}${open}${keys.length - 1}${close}]`;
		});
		if (keys.length === 0) return text;
		for (const match of marked.matchAll(placeMark)) {
			const samples = this.#found.get(keys[Number(match[1])] ?? '')?.samples;
			if (samples === undefined || samples.length >= mostSamples) continue;
			const around = (piece: string): string => oneLine(piece.replace(numbers, ''), aroundLength * 2);
			samples.push({
				sessionId,
				where,
				before: around(lastWhole(marked.slice(Math.max(0, match.index - aroundLength * 2), match.index))).slice(-aroundLength),
				after: around(marked.slice(match.index + match[0].length, match.index + match[0].length + aroundLength)).slice(0, aroundLength),
			});
		}
		return marked.replace(numbers, '');
	}

	/** Those with most places first. */
	findings(): readonly SecretFinding[] {
		return [...this.#found]
			.map(([key, { kind, places, length, beginning, samples }]) => ({ key, kind, places, length, beginning, samples }))
			.sort((a, b) => b.places - a.places || (a.key < b.key ? -1 : 1));
	}
}

/** What stands behind a mark that was cut in two must not come along half. */
function lastWhole(text: string): string {
	const cut = text.indexOf(close);
	const begun = text.indexOf(open);
	return cut >= 0 && (begun < 0 || cut < begun) ? text.slice(cut + close.length + 1) : text;
}
