/**
 * A picture of the conversation. Only what is a PNG, JPEG, GIF or WebP by its first bytes is shown, from memory: the page
 * may load nothing, and a record's word for what it holds is a stranger's.
 */
import { LitElement, type PropertyValues, css, html } from 'lit';
import type { TranscriptPageCalls } from '../../contract/transcriptPage.ts';
import { type ItemImage, mostImageBytes } from '../../contract/transcriptText.ts';
import { text } from '../words.ts';
import { imageType } from './imageType.ts';

type Load = () => Promise<TranscriptPageCalls['image']['result']>;

export class StoredImage extends LitElement {
	static override properties = {
		image: { attribute: false },
		load: { attribute: false },
		name: {},
		source: { state: true },
		why: { state: true },
	};
	declare image: ItemImage | null;
	declare load: Load | null;
	/** Another picture has another name: only then is it loaded anew. */
	declare name: string;
	declare private source: string | null;
	declare private why: string | null;

	constructor() {
		super();
		this.image = null;
		this.load = null;
		this.name = '';
		this.source = null;
		this.why = null;
	}

	protected override createRenderRoot(): this {
		return this;
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#release();
	}

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.hasUpdated) void this.#show();
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has('name')) void this.#show();
	}

	protected override render() {
		if (this.source !== null) return html`<img src=${this.source} alt=${text('imageOfConversation')} />`;
		return html`<p class="document muted">${this.why ?? text('imageLoading')}</p>`;
	}

	async #show(): Promise<void> {
		this.#release();
		const { image, load, name } = this;
		if (image === null || load === null) return;
		if (image.bytes > mostImageBytes) {
			this.why = text('imageTooLarge');
			return;
		}
		try {
			const { base64 } = await load();
			if (!this.isConnected || this.name !== name) return;
			const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
			const type = imageType(bytes);
			if (type === null) this.why = text('imageOfNoKind');
			else this.source = URL.createObjectURL(new Blob([bytes], { type }));
		} catch {
			this.why = text('imageFailed');
		}
	}

	#release(): void {
		if (this.source !== null) URL.revokeObjectURL(this.source);
		this.source = null;
		this.why = null;
	}
}

export const storedImageStyle = css`
	stored-image img {
		display: block;
		max-width: 100%;
		max-height: 420px;
		border: 1px solid var(--line);
		border-radius: 6px;
		object-fit: contain;
	}
	.document {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 6px;
		margin: 0;
		overflow-wrap: anywhere;
	}
`;

customElements.define('stored-image', StoredImage);
