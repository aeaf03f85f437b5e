/** Writes sessions into files that a person chose, and shows them before what will be taken out. */
import type { ConversationReader } from '../exporting/conversationReader.ts';
import { copiedMarkdown } from '../exporting/copied.ts';
import { exportedSession, exportSteps, type ExportTally, writerOf } from '../exporting/exportedSession.ts';
import { figuresText } from '../exporting/figures.ts';
import { pathShortener } from '../exporting/paths.ts';
import { Redactor, SecretSurvey } from '../exporting/secrets.ts';
import { sessionTable } from '../exporting/sessionTable.ts';
import { englishWords, type ExportWords } from '../exporting/words.ts';
import { replaceFile, replaceFileByPieces } from '../store/atomicFile.ts';
import type { Transcripts } from '../transcripts/transcripts.ts';
import type { ExportChoices, ExportOutcome, ExportPreview } from '../../webview/contract/exports.ts';
import type { InsightsQuery, SessionPage, SessionPageQuery, SessionRow } from '../../webview/contract/sessions.ts';
import type { Handlers } from '../../messaging/channel.ts';
import type { ExportCalls, ExportEvents, ExportLanguage } from './calls/exporting.ts';
import type { InsightsDocument } from './insightsDocument.ts';
import type { Views } from './views.ts';

export interface ExportingParts {
	readonly reader: (signal: AbortSignal) => ConversationReader;
	readonly session: (id: string) => SessionRow | null;
	readonly page: (query: SessionPageQuery) => SessionPage;
	readonly figures: (query: InsightsQuery) => InsightsDocument;
	/** The home folder of the person. */
	readonly home: string;
	readonly onProgress: (progress: ExportEvents['exportProgress']) => void;
	readonly now: () => Date;
}

/** A refusal with a reason that crosses the border. */
export class ExportRefused extends Error {
	override readonly name = 'ExportRefused';
	readonly reason = 'not-found';
}

const tellMs = 100;
const pageRows = 200;

export class Exporting {
	readonly #parts: ExportingParts;

	constructor(parts: ExportingParts) {
		this.#parts = parts;
	}

	async preview({ id, sessions: asked, choices }: ExportCalls['exportPreview']['params'], signal: AbortSignal): Promise<ExportPreview> {
		const survey = new SecretSurvey();
		const sessions: SessionRow[] = [];
		const unreadable: string[] = [];
		const tell = this.#teller(id);
		let items = 0;
		let before = 0;
		for (const { sessionId, branch } of asked) {
			const session = this.#session(sessionId);
			sessions.push(session);
			const shorten = this.#shortener(session, choices);
			let [read, unread, known] = [0, 0, 0];
			const steps = exportSteps({
				reader: this.#parts.reader(signal),
				request: { sessionId, branch, choices },
				clean: (text, where) => survey.look(shorten(text), sessionId, where),
				words: englishWords,
				onProgress: (done, total) => {
					known = total;
					tell(before + done, before + total);
				},
				signal,
			});
			for await (const step of steps) {
				if (step.kind !== 'item') continue;
				read++;
				if (step.item.kind === 'unreadable') unread++;
			}
			if (unread > 0 && unread === read) unreadable.push(sessionId);
			items += read;
			before += known;
		}
		return { sessions, items, findings: choices.redactSecrets ? survey.findings() : [], unreadable };
	}

	/** Rejects with `ExportRefused`, `SaveError` and what reading the session rejects with; the file is as it was then. */
	async write({ id, request, file, language }: ExportCalls['exportSession']['params'], signal: AbortSignal): Promise<ExportOutcome> {
		const { choices } = request;
		const session = this.#session(request.sessionId);
		const redactor = new Redactor(choices.keptSecrets);
		const shorten = this.#shortener(session, choices);
		const words = wordsOf(language);
		const tally: ExportTally = { items: 0, unreadable: 0 };
		const pieces = exportedSession({
			reader: this.#parts.reader(signal),
			request,
			clean: text => (choices.redactSecrets ? redactor.redact(shorten(text)) : shorten(text)),
			words,
			writer: writerOf(request.format, words, language?.language ?? 'en'),
			exportedAt: this.#parts.now().toISOString(),
			onProgress: this.#teller(id),
			tally,
			signal,
		});
		const bytes = await replaceFileByPieces(file, pieces);
		return { bytes, ...tally, redacted: redactor.counts };
	}

	/** Rejects with what reading the conversation rejects with. */
	async markdown(
		{ language, ...stretch }: ExportCalls['exportMarkdown']['params'],
		signal: AbortSignal,
	): Promise<{ readonly text: string }> {
		return { text: await copiedMarkdown(stretch, this.#parts.reader(signal), wordsOf(language)) };
	}

	async table(
		{ id, query, format, byteOrderMark, file }: ExportCalls['exportSessionTable']['params'],
		signal: AbortSignal,
	): Promise<{ readonly rows: number; readonly bytes: number }> {
		const tell = this.#teller(id);
		const redactor = new Redactor([]);
		const shorten = pathShortener([{ path: this.#parts.home, as: '~' }]);
		const table = sessionTable({ format, byteOrderMark, clean: text => redactor.redact(shorten(text)) });
		let rows = 0;
		const { page } = this.#parts;
		async function* pieces(): AsyncGenerator<string> {
			yield table.begin();
			for (let offset = 0; ; offset += pageRows) {
				// Others get their turn between two pages.
				await new Promise(resolve => setImmediate(resolve));
				signal.throwIfAborted();
				const found = page({ ...query, offset, limit: pageRows });
				for (const row of found.rows) yield table.row(row);
				rows += found.rows.length;
				tell(rows, found.total);
				if (found.rows.length < pageRows) break;
			}
			yield table.end();
		}
		const bytes = await replaceFileByPieces(file, pieces());
		return { rows, bytes };
	}

	async figures({ query, format, byteOrderMark, file }: ExportCalls['exportFigures']['params']): Promise<{ readonly bytes: number }> {
		const redactor = new Redactor([]);
		const shorten = pathShortener([{ path: this.#parts.home, as: '~' }]);
		const text = figuresText(this.#parts.figures(query), { format, byteOrderMark, clean: each => redactor.redact(shorten(each)) });
		const bytes = Buffer.from(text);
		await replaceFile(file, bytes);
		return { bytes: bytes.length };
	}

	#session(sessionId: string): SessionRow {
		const session = this.#parts.session(sessionId);
		if (session === null) throw new ExportRefused(`There is no session ${sessionId} in the index`);
		return session;
	}

	#shortener({ cwd }: SessionRow, { shortenPaths }: ExportChoices): (text: string) => string {
		if (!shortenPaths) return text => text;
		return pathShortener([{ path: this.#parts.home, as: '~' }, ...(cwd === null ? [] : [{ path: cwd, as: '.' }])]);
	}

	#teller(id: string): (done: number, total: number) => void {
		let toldAt = -Infinity;
		return (done, total) => {
			if (performance.now() - toldAt < tellMs && done < total) return;
			toldAt = performance.now();
			this.#parts.onProgress({ id, done, total });
		};
	}
}

function wordsOf(language: ExportLanguage | null): ExportWords {
	if (language === null) return englishWords;
	const given = Object.entries(language.words).filter(([name]) => name in englishWords);
	return { ...englishWords, ...Object.fromEntries(given) };
}

export function conversationReader(transcripts: Transcripts, views: Views, signal: AbortSignal): ConversationReader {
	return {
		head: (conversation, branch) => transcripts.head({ conversation, branch, since: null }),
		items: (conversation, branch, stretch) => transcripts.all(conversation, branch, signal, stretch),
		image: place => transcripts.image(place, signal),
		subagents: sessionId => Promise.resolve(views.subagents(sessionId).map(({ agentId }) => agentId)),
	};
}

export function exportHandlers(exporting: () => Exporting): Handlers<ExportCalls> {
	return {
		exportPreview: (params, signal) => exporting().preview(params, signal),
		exportSession: (params, signal) => exporting().write(params, signal),
		exportMarkdown: (params, signal) => exporting().markdown(params, signal),
		exportSessionTable: (params, signal) => exporting().table(params, signal),
		exportFigures: params => exporting().figures(params),
	};
}
