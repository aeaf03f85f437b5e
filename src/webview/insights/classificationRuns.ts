/** The last jobs that asked a model, what became of them, and what classifying has cost so far (CLS-6, CLS-8). */
import { type TemplateResult, css, html, nothing } from 'lit';
import { folded } from '../components/folded.ts';
import type { JobsFigures } from '../contract/insights.ts';
import type { ClassificationRunRow, SpendingRow } from '../contract/jobs.ts';
import { type Format, clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { type Spent, addedUp, costText, lengthOf } from './classificationCost.ts';
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
		${isUnconfirmed ? html`<p class="unconfirmed">${text('unconfirmedHint')}</p>` : nothing}`,
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
	return html`<div class="table-scroll" role="region" tabindex="0" aria-label=${text('jobs')}>
		<table>
			<thead>
				<tr>
					<th scope="col">${text('runStarted')}</th>
					<th scope="col">${text('runOutcome')}</th>
					<th scope="col">${text('sessions')}</th>
					<th scope="col" class="amount">${text('cost')}</th>
					<th scope="col" class="amount">${text('runDuration')}</th>
					<th scope="col">${text('jobModel')}</th>
				</tr>
			</thead>
			<tbody>
				${runs.map(run => runRow(run, format))}
			</tbody>
		</table>
	</div>`;
}

function runRow(run: ClassificationRunRow, format: Format): TemplateResult {
	const length = lengthOf(run);
	return html`<tr>
		<td title=${format.instantLong(run.createdAt) ?? ''}>${format.moment(run.createdAt) ?? text('unknownTime')}</td>
		<td class=${run.status === 'failed' ? 'failed' : ''}>
			${text(statusNames[run.status])}${run.error === null ? nothing : html` <span dir="auto" class="reason">${clipped(run.error)}</span>`}
		</td>
		<td>${run.status === 'running' ? progress(run, format) : outcomeText(run, format)}</td>
		${costCell(run, format)}
		<td class="amount">${length === null ? '–' : format.duration(length)}</td>
		<td>${providerText(run.provider)} <span dir="auto" class="model-name muted">${clipped(run.model)}</span></td>
	</tr>`;
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

function outcomeText({ classified, failed, skipped, total }: ClassificationRunRow, format: Format): string {
	const parts = [
		text('jobClassified', { count: format.integer(classified) }),
		...(failed > 0 ? [text('jobFailed', { count: format.integer(failed) })] : []),
		...(skipped > 0 ? [text('jobSkipped', { count: format.integer(skipped) })] : []),
	];
	return text('jobOutcome', { parts: format.list(parts), total: format.integer(total) });
}

function spendingTable(spending: readonly SpendingRow[], format: Format): TemplateResult {
	return html`<h3 id="spending-heading">${text('spending')}</h3>
		<div class="table-scroll spending" role="region" tabindex="0" aria-labelledby="spending-heading">
			<table>
				<thead>
					<tr>
						<th scope="col">${text('provider')}</th>
						<th scope="col">${text('model')}</th>
						<th scope="col" class="amount">${text('requests')}</th>
						<th scope="col" class="amount">${text('tokensIn')}</th>
						<th scope="col" class="amount">${text('tokensOut')}</th>
						<th scope="col" class="amount">${text('cost')}</th>
					</tr>
				</thead>
				<tbody>
					${spending.map(
						row =>
							html`<tr>
								<th scope="row">${providerText(row.provider)}</th>
								<td><span dir="auto" class="model-name">${clipped(row.model)}</span></td>
								<td class="amount">${format.integer(row.requests)}</td>
								<td class="amount" title=${format.integer(row.inputTokens)}>${format.compact(row.inputTokens)}</td>
								<td class="amount" title=${format.integer(row.outputTokens)}>${format.compact(row.outputTokens)}</td>
								${costCell(row, format)}
							</tr>`,
					)}
				</tbody>
			</table>
		</div>`;
}

/** The part that nobody confirmed stands below, so that the figures stay one under the other. */
function costCell({ costUsd, unconfirmedUsd }: Spent, format: Format): TemplateResult {
	const all = format.usd(costUsd + unconfirmedUsd);
	if (unconfirmedUsd === 0) return html`<td class="amount">${all}</td>`;
	return html`<td class="amount" title=${text('unconfirmedHint')}>
		${all} <span class="part">${text('ofItUnconfirmed', { unconfirmed: format.usd(unconfirmedUsd) })}</span>
	</td>`;
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
	.jobs .spending {
		margin-top: 4px;
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
	.unconfirmed {
		margin: 8px 8px 0;
		color: var(--muted);
		font-size: var(--small);
		text-wrap: pretty;
	}
`;
