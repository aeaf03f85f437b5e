/** A subagent as a card: what it was asked, what it said, and its own conversation, here or by itself. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { button } from '../../components/toolkit/button.ts';
import type { SubagentCard } from '../../contract/conversation.ts';
import type { AgentDetail } from '../../contract/transcriptTools.ts';
import { box, fold, longText } from '../items/parts.ts';
import { mostInline } from '../inlines.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';

/** A subagent inside a subagent inside a third one is opened by itself: there is no room left. */
const deepest = 2;

export function agentBody(view: ItemView, detail: AgentDetail): TemplateResult {
	const { model } = view;
	const { subagent } = detail;
	return html`<div class="agent">
		<p class="muted facts">${agentFacts(view, detail).join(' · ')}</p>
		${fold(view, { key: 'agent-prompt', icon: 'note', title: text('agentPrompt'), look: 'quiet', content: () => longText(view, detail.prompt, 'markdown') })}
		${
			subagent === null
				? html`<p class="muted">${text('agentWithoutFile')}</p>`
				: html`${view.depth >= deepest ? nothing : inline(view, subagent)}
					${button({ label: text('openInFull'), press: () => model.opening.enter(subagent.conversation) })}`
		}
		${detail.answer === null ? nothing : box(longText(view, detail.answer, 'markdown'), text('agentAnswer'))}
	</div>`;
}

function agentFacts({ format }: ItemView, { subagent, isBackground, totalTokens, toolCalls }: AgentDetail): readonly string[] {
	const calls = subagent?.toolCalls ?? toolCalls;
	return [
		subagent === null ? null : text('responses', { count: format.integer(subagent.responses) }, subagent.responses),
		calls === null ? null : text('toolCalls', { count: format.integer(calls) }, calls),
		totalTokens === null ? null : text('tokensOf', { count: format.compact(totalTokens) }),
		subagent === null ? null : subagent.costUsd === null ? text('noPrice') : format.usd(subagent.costUsd),
		isBackground ? text('background') : null,
	].filter(fact => fact !== null);
}

function inline(view: ItemView, { conversation }: SubagentCard): TemplateResult {
	const { model } = view;
	return fold(view, {
		key: 'agent-conversation',
		icon: 'commentDiscussion',
		title: text('agentConversation'),
		look: 'quiet',
		isShy: true,
		content: () => {
			const { items, hasMore, isLoading, error } = model.inlines.of(conversation);
			if (items.length === 0 && hasMore && !isLoading && error === null) queueMicrotask(() => model.inlines.more(conversation));
			return html`<div class="inline-conversation">
				${items.map((item, at) => view.draw({ ...view, item, conversation, depth: view.depth + 1 }, items[at - 1] ?? null))}
				${isLoading ? html`<p class="muted">${text('loading')}</p>` : nothing}
				${error === null ? nothing : html`<p class="failed">${error}</p>`}
				${
					isLoading || !hasMore
						? nothing
						: items.length >= mostInline
							? html`<p class="muted">${text('inlineCut')}</p>`
							: items.length > 0 || error !== null
								? html`<button class="as-link" @click=${() => model.inlines.more(conversation)}>${text('showMore')}</button>`
								: nothing
				}
			</div>`;
		},
	});
}

export const agentStyle = css`
	.agent {
		display: grid;
		gap: 6px;
		justify-items: start;
	}
	.agent > * {
		max-width: 100%;
	}
	.agent > .fold,
	.agent > .box {
		width: 100%;
	}
	.inline-conversation {
		padding-inline-start: 10px;
		border-inline-start: 2px solid var(--grid);
	}
`;
