/** Which conversation this is, what it comes to, and what can be done with it. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import type { TranscriptHead, TranscriptTotals } from '../contract/transcript.ts';
import { iconButton } from './items/parts.ts';
import { line } from './lineText.ts';
import { modelText, sumOf, tokensHint } from './items/response.ts';
import type { View } from './view.ts';
import { text } from './words.ts';

export function header(view: View, head: TranscriptHead): TemplateResult {
	const { model } = view;
	const hasFile = head.file.state === 'here' || head.file.state === 'waiting';
	return html`<header class="page-header">
		<div class="heading">
			${head.agent === null ? nothing : trail(view, head)}
			<h1 tabindex="-1" dir="auto" title=${titleOf(head)}>${titleOf(head)}</h1>
			${facts(view, head, view.state.totals)}
		</div>
		<div class="page-tools" role="toolbar" aria-label=${text('actionsOfConversation')}>
			${iconButton('search', text('find'), () => model.openFind(), 'open-find')}
			<button
				class="icon-button outline-button"
				title=${text('outline')}
				aria-label=${text('outline')}
				aria-expanded=${model.isOutlineShown ? 'true' : 'false'}
				@click=${() => model.showOutline(!model.isOutlineShown)}
			>
				${icon('listTree')}
			</button>
			${iconButton('copy', text('copyConversation'), () => model.actions.copyAll())}
			${iconButton('export', text('exportSession'), () => model.actions.exportSession())}
			${iconButton('link', text('copyLinkToSession'), () => model.actions.copyLink(null))}
			${hasFile ? iconButton('goToFile', text('openFile'), () => model.actions.session('file')) : nothing}
			${hasFile && head.agent === null ? iconButton('terminal', text('resume'), () => model.actions.session('resume')) : nothing}
		</div>
	</header>`;
}

export function titleOf(head: TranscriptHead): string {
	if (head.agent !== null) return line(head.agent.description ?? head.agent.agentType ?? text('subagent'));
	return head.session.title.trim() === '' ? text('untitled') : line(head.session.title);
}

/** From the session down to this subagent, each a way back. */
function trail({ model, state }: View, { session }: TranscriptHead): TemplateResult {
	const title = session.title.trim() === '' ? text('untitled') : line(session.title);
	return html`<nav class="trail" aria-label=${text('trail')}>
		<button class="back as-link" @click=${() => model.opening.back()}>${icon('arrowLeft')} ${text('back')}</button>
		<span class="muted" aria-hidden="true">/</span>
		<button
			class="as-link trail-step"
			title=${title}
			@click=${() => (state.trail.length > 0 ? model.opening.back(0) : model.opening.back())}
		>
			<bdi>${title}</bdi>
		</button>
		<span class="muted" aria-hidden="true">/</span>
		<span class="muted">${text('subagent')}</span>
	</nav>`;
}

/** What it comes to follows a moment later; the line is there from the beginning, so that nothing below it moves. */
function facts({ format }: View, { session, agent, prompts }: TranscriptHead, totals: TranscriptTotals | null): TemplateResult {
	const startedAt = agent?.startedAt ?? session.startedAt;
	const started = startedAt === null ? null : format.moment(startedAt);
	return html`<p class="facts-line muted">
		<bdi title=${line(session.cwd ?? '')}>${line(session.project)}</bdi>
		${session.gitBranch === null || agent !== null ? nothing : html`<span class="with-icon">${icon('gitBranch')}<bdi>${line(session.gitBranch)}</bdi></span>`}
		${started === null ? nothing : html`<span title=${format.instantLong(startedAt ?? '') ?? ''}>${started}</span>`}
		${agent === null ? html`<span>${text('promptCount', { count: format.integer(prompts) }, prompts)}</span>` : nothing}
		${totals === null ? nothing : sums(format, totals)}
		${session.models.length === 0 || agent !== null ? nothing : html`<bdi>${format.list(session.models.slice(0, 3).map(name => line(modelText(name))))}</bdi>`}
		${session.status === 'processing' && agent === null ? html`<span class="live"><span class="live-mark" aria-hidden="true"></span>${text('live')}</span>` : nothing}
	</p>`;
}

function sums(format: View['format'], totals: TranscriptTotals): TemplateResult {
	const tokens = sumOf(totals.tokens);
	const costHint = [
		tokensHint(totals.tokens, format),
		totals.subagentsCostUsd === null || totals.subagents === 0
			? ''
			: text('subagentsCost', { cost: format.usd(totals.subagentsCostUsd), count: format.integer(totals.subagents) }, totals.subagents),
	]
		.filter(part => part !== '')
		.join('\n');
	return html`<span>${text('toolCalls', { count: format.integer(totals.toolCalls) }, totals.toolCalls)}</span>
		<span title=${costHint}>${text('tokensOf', { count: format.compact(tokens) })}</span>
		<span title=${costHint}>${totals.costUsd === null ? (tokens === 0 ? nothing : text('noPrice')) : format.usd(totals.costUsd)}</span>`;
}

export const headerStyle = css`
	.page-header {
		display: flex;
		flex-wrap: wrap;
		align-items: flex-start;
		justify-content: space-between;
		gap: 4px 16px;
		padding: 10px 20px 8px;
		border-bottom: 1px solid var(--line);
	}
	.heading {
		flex: 1 1 240px;
		min-width: 0;
	}
	.page-header h1 {
		overflow: hidden;
		font-size: 1.23em;
		line-height: 1.35;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.trail {
		display: flex;
		align-items: center;
		gap: 6px;
		min-width: 0;
		margin-block-end: 2px;
		font-size: var(--small);
	}
	.trail > * {
		flex: none;
	}
	.trail .trail-step {
		flex: 0 1 auto;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.back {
		display: inline-flex;
		align-items: center;
		gap: 2px;
	}
	.facts-line {
		display: flex;
		flex-wrap: wrap;
		gap: 1px 12px;
		margin: 2px 0 0;
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
	}
	.facts-line > * {
		max-width: 100%;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.facts-line > span:empty {
		display: none;
	}
	.with-icon {
		display: inline-flex;
		align-items: center;
		gap: 3px;
	}
	.with-icon .icon {
		width: 13px;
		height: 13px;
	}
	.page-tools {
		display: flex;
		gap: 2px;
	}
	.live {
		display: inline-flex;
		align-items: center;
		gap: 5px;
		color: var(--good);
	}
	.live-mark {
		width: 7px;
		height: 7px;
		border-radius: 50%;
		background: currentcolor;
		animation: pulse 1.6s ease-in-out infinite;
	}
	@keyframes pulse {
		50% {
			opacity: 0.35;
		}
	}
	@container page (width < 560px) {
		.page-header {
			padding-inline: 12px;
		}
		.page-header h1 {
			display: -webkit-box;
			-webkit-box-orient: vertical;
			-webkit-line-clamp: 3;
			white-space: normal;
			overflow-wrap: anywhere;
		}
	}
`;
