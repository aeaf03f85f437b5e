import { css } from 'lit';

export const patternsStyle = css`
	.patterns {
		display: grid;
		gap: 28px;
	}
	.pattern-list {
		display: grid;
		gap: 12px;
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.pattern {
		padding: 12px 16px 14px;
		border: 1px solid var(--line);
		border-radius: 4px;
	}
	.pattern p {
		margin: 0;
	}
	.pattern .sentence {
		font-size: 1.077em;
		font-weight: 600;
		text-wrap: pretty;
		overflow-wrap: anywhere;
	}
	.pattern .meta {
		display: block;
		overflow: visible;
		margin-top: 2px;
	}
	.pattern-body {
		display: grid;
		grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr);
		gap: 12px 40px;
		align-items: center;
		margin-top: 10px;
	}
	.groups {
		display: grid;
		gap: 4px;
		margin: 0;
	}
	.group {
		display: grid;
		grid-template-columns: 168px minmax(0, 1fr);
		gap: 2px 12px;
		align-items: center;
	}
	.group dt {
		color: var(--muted);
		overflow-wrap: anywhere;
	}
	.group dd {
		display: grid;
		grid-template-columns: minmax(0, 1fr) 64px 96px;
		gap: 10px;
		align-items: center;
		margin: 0;
		font-variant-numeric: tabular-nums;
	}
	.group-bar rect {
		fill: var(--bar);
	}
	.group-value {
		font-weight: 600;
		text-align: end;
	}
	.group .sentence-link {
		text-align: end;
		white-space: nowrap;
	}
	.pattern-effect {
		min-width: 0;
		margin: 0;
	}
	.pattern-effect figcaption,
	.ends {
		color: var(--muted);
		font-size: var(--small);
		text-wrap: pretty;
		overflow-wrap: anywhere;
	}
	.ends {
		display: grid;
		grid-template-columns: repeat(2, minmax(0, 1fr));
		gap: 16px;
	}
	.ends span:last-child {
		text-align: end;
	}
	.pattern-key {
		margin-bottom: 12px;
	}
	.pattern-key li {
		align-items: center;
		max-width: 52ch;
	}
	.pattern-key svg {
		flex: none;
	}
	.pattern-key .point {
		fill: var(--bar);
	}
	.pattern-key .range {
		stroke: var(--bar);
		stroke-width: 2;
	}
	.pattern-key .none-line {
		stroke: var(--muted);
		stroke-dasharray: 2 2;
	}
	.how {
		margin-top: 14px;
		color: var(--muted);
	}
	.how p {
		max-width: 90ch;
		margin: 6px 0 0;
		text-wrap: pretty;
	}
	.how summary,
	.withheld summary {
		width: fit-content;
		cursor: pointer;
	}
	.withheld h2 {
		display: inline;
	}
	.withheld dl {
		display: grid;
		grid-template-columns: max-content minmax(0, 1fr);
		gap: 10px 24px;
		margin: 10px 0 0;
	}
	.withheld dd {
		margin: 0;
	}
	.withheld ul {
		display: grid;
		grid-template-columns: repeat(auto-fill, minmax(280px, 1fr));
		gap: 4px 24px;
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.withheld li {
		overflow-wrap: anywhere;
	}
	.withheld .factor {
		margin-inline-end: 6px;
	}
	.pattern-nothing {
		display: flex;
		flex-direction: column;
		align-items: center;
		max-width: 520px;
		margin: 32px auto;
		text-align: center;
	}
	.pattern-nothing .icon {
		width: 40px;
		height: 40px;
		margin-bottom: 12px;
		color: var(--muted);
	}
	.pattern-nothing h3 {
		margin: 0;
		font-size: 1.25em;
	}
	.pattern-nothing p {
		margin: 8px 0 16px;
		color: var(--muted);
		text-wrap: pretty;
	}
	@container page (width < 800px) {
		.pattern-body {
			grid-template-columns: minmax(0, 1fr);
		}
	}
	@container page (width < 520px) {
		.group {
			grid-template-columns: minmax(0, 1fr);
		}
		.withheld dl {
			grid-template-columns: minmax(0, 1fr);
		}
		.withheld ul {
			grid-template-columns: minmax(0, 1fr);
		}
		.pattern {
			padding-inline: 12px;
		}
	}
	@media (forced-colors: active) {
		.group-bar rect,
		.pattern-key .point {
			fill: CanvasText;
		}
		.pattern-key line {
			stroke: CanvasText;
		}
	}
`;
