import { type TemplateResult, html } from 'lit';

export interface TableColumn {
	readonly label: string;
	/** Numbers stand at the right. */
	readonly amount?: boolean;
}

/** The names of the columns of a table, above it. */
export function tableHead(columns: readonly TableColumn[]): TemplateResult {
	return html`<thead>
		<tr>
			${columns.map(({ label, amount = false }) => html`<th scope="col" class=${amount ? 'amount' : ''}>${label}</th>`)}
		</tr>
	</thead>`;
}
