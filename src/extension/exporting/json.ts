/** A session as one JSON document, in which every text stands as it was said, but for what was taken out. */
import type { ExportItem } from './resolve.ts';
import type { ExportedConversation, ExportHead, ExportWriter } from './writer.ts';

/** Raised when a field changes its meaning; scripts look at it. */
export const jsonVersion = 1;

export class JsonWriter implements ExportWriter {
	#conversations = 0;
	#items = 0;

	begin({ facts, choices, exportedAt, forks, isGone }: ExportHead): string {
		const { keptSecrets, ...chosen } = choices;
		const head = {
			format: 'session-insights-session',
			version: jsonVersion,
			exportedAt,
			choices: { ...chosen, keptSecrets: keptSecrets.length },
			session: facts,
			forks,
			isTranscriptGone: isGone,
		};
		return `${visible(JSON.stringify(head)).slice(0, -1)},"conversations":[`;
	}

	beginConversation({ key, title }: ExportedConversation): string {
		this.#items = 0;
		const comma = this.#conversations++ === 0 ? '' : ',';
		return `${comma}\n${visible(JSON.stringify({ agentId: key.agentId, title })).slice(0, -1)},"items":[`;
	}

	item(item: ExportItem): string {
		return `${this.#items++ === 0 ? '' : ','}\n${visible(JSON.stringify(item))}`;
	}

	endConversation(): string {
		return ']}';
	}

	end(): string {
		return '\n]}\n';
	}
}

/** The same value, in which no character turns the direction of what is read. */
function visible(json: string): string {
	return json.replace(
		/[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g,
		mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
