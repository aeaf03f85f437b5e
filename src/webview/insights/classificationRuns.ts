/** The last jobs that asked a model, what became of them, and what classifying has cost so far (CLS-6, CLS-8). */
import { type TemplateResult, css, html, nothing } from 'lit';
import { folded } from '../components/folded.ts';
import { type RecordColumn, recordTable } from '../components/recordTable.ts';
import type { JobsFigures } from '../contract/insights.ts';
import type { ClassificationRunRow, SpendingRow } from '../contract/jobs.ts';
import { type Format, clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { type Spent, addedUp, costText, lengthOf } from './classificationCost.ts';
import { outcomeCell, startColumn } from './indexRuns.ts';
import { tokensCell } from './tokens.ts';
import type { View } from './view.ts';

const statusNames: Readonly<Record<ClassificationRunRow['status'], StringKey>> = {
	running: 'runRunning',
	completed: 'runCompleted',
	cancelled: 'runCancelled',
	failed: 'runFailed',
};
const providerNames: ReadonlyMap<string, StringKey> = new Map([
	['claude-cli', 'providerClaudeCli'],
	['vscode-lm', 'providerVsCode'],
	['anthropic-api', 'providerAnthropic'],
	['openai-compatible', 'providerOpenAi'],
]);

export function classificationRuns({ state, model, format }: View, { classificationRuns: runs, spending }: JobsFigures): TemplateResult {
	const isUnconfirmed = [...runs, ...spending].some(row => row.unconfirmedUsd > 0);
	return folded({
		name: 'jobs',
		heading: text('jobs'),
		aside: asideOf(runs, spending, format),
		open: state.saved.jobsOpen,
		toggle: jobsOpen => model.show({ jobsOpen }),
		content: html`${runs.length === 0 ? html`<p class="none">${text('jobsEmpty')}</p>` : runTable(runs, format)}
		${spending.length === 0 ? nothing : spendingTable(spending, format)}
		${isUnconfirmed ? html`<p class="table-note">${text('unconfirmedHint')}</p>` : nothing}`,
	});
}

/** What matters without unfolding: how far a job is that runs now, and the money. */
function asideOf(runs: readonly ClassificationRunRow[], spending: readonly SpendingRow[], format: Format): string {
	const running = runs.find(run => run.status === 'running');
	const parts = running === undefined ? [] : [progressText(running, format)];
	if (spending.length > 0) parts.push(text('spentSoFar', { cost: costText(addedUp(spending), format) }));
	return parts.join(' · ');
}

function runTable(runs: readonly ClassificationRunRow[], format: Format): TemplateResult {
	const columns: readonly RecordColumn<ClassificationRunRow>[] = [
		{ label: text('runStarted'), ...startColumn(({ createdAt }) => createdAt, format) },
		{
			label: text('runOutcome'),
			cell: run => outcomeCell(text(statusNames[run.status]), run.error),
			kind: run => (run.status === 'failed' ? 'failed' : ''),
		},
		{ label: text('sessions'), cell: run => (run.status === 'running' ? progress(run, format) : outcomeText(run, format)) },
		{ label: text('cost'), ...costColumn(format) },
		{
			label: text('runDuration'),
			amount: true,
			cell: run => {
				const length = lengthOf(run);
				return length === null ? '–' : format.duration(length);
			},
		},
		{
			label: text('jobModel'),
			cell: run => html`${providerText(run.provider)} <span dir="auto" class="model-name muted">${clipped(run.model)}</span>`,
		},
	];
	return recordTable(text('jobs'), columns, runs);
}

function progress(run: ClassificationRunRow, format: Format): TemplateResult {
	const words = progressText(run, format);
	return html`<div class="job-progress">
		<progress aria-label=${words} max=${Math.max(1, run.total)} .value=${doneOf(run)}></progress>${words}
	</div>`;
}

function progressText(run: ClassificationRunRow, format: Format): string {
	return text('jobProgress', { done: format.integer(doneOf(run)), total: format.integer(run.total) });
}

function doneOf({ classified, failed, skipped }: ClassificationRunRow): number {
	return classified + failed + skipped;
}

/** What became of all of them: also of those that a job which ended early never came to. */
function outcomeText(run: ClassificationRunRow, format: Format): string {
	const { classified, failed, skipped, total } = run;
	const notTried = total - doneOf(run);
	const parts = [
		text('jobClassified', { count: format.integer(classified) }),
		...(failed > 0 ? [text('jobFailed', { count: format.integer(failed) })] : []),
		...(skipped > 0 ? [text('jobSkipped', { count: format.integer(skipped) })] : []),
		...(notTried > 0 ? [text('jobNotTried', { count: format.integer(notTried) })] : []),
	];
	return text('jobOutcome', { parts: format.list(parts), total: format.integer(total) }, total);
}

function spendingTable(spending: readonly SpendingRow[], format: Format): TemplateResult {
	const columns: readonly RecordColumn<SpendingRow>[] = [
		{ label: text('provider'), isHeading: true, cell: row => html`${providerText(row.provider)}` },
		{ label: text('model'), cell: row => html`<span dir="auto" class="model-name">${clipped(row.model)}</span>` },
		{ label: text('requests'), amount: true, cell: row => format.integer(row.requests) },
		{ label: text('tokensIn'), amount: true, cell: row => tokensCell(row.inputTokens, format) },
		{ label: text('tokensOut'), amount: true, cell: row => tokensCell(row.outputTokens, format) },
		{ label: text('cost'), ...costColumn(format) },
	];
	return html`<h3>${text('spending')}</h3>
		<div class="spending">${recordTable(text('spending'), columns, spending)}</div>`;
}

/** The part that nobody confirmed stands below, so that the figures stay one under the other. */
function costColumn(format: Format): Pick<RecordColumn<Spent>, 'amount' | 'cell' | 'title'> {
	return {
		amount: true,
		title: ({ unconfirmedUsd }) => (unconfirmedUsd === 0 ? null : text('unconfirmedHint')),
		cell: ({ costUsd, unconfirmedUsd }) => {
			const all = format.usd(costUsd + unconfirmedUsd);
			return unconfirmedUsd === 0
				? all
				: html`${all} <span class="part">${text('ofItUnconfirmed', { unconfirmed: format.usd(unconfirmedUsd) })}</span>`;
		},
	};
}

function providerText(provider: string): TemplateResult | string {
	const name = providerNames.get(provider);
	return name === undefined ? html`<bdi>${clipped(provider)}</bdi>` : text(name);
}

export const classificationRunsStyle = css`
	.records {
		display: grid;
		gap: 8px;
	}
	.records > * {
		min-width: 0;
	}
	.records > [open]:not(:last-child) {
		padding-bottom: 20px;
	}
	.jobs h3 {
		margin: 16px 8px 0;
		color: var(--muted);
		font-size: inherit;
		font-weight: 600;
	}
	.job-progress {
		display: flex;
		align-items: center;
		gap: 8px;
	}
	.job-progress progress {
		flex: none;
		width: 72px;
	}
	.jobs .part {
		display: block;
		color: var(--muted);
		font-size: var(--small);
	}
`;
