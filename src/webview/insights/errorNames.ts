import type { ToolErrorKind } from '../contract/tools.ts';
import type { toolStrings } from './words/tools.ts';

export const errorNames: Readonly<Record<ToolErrorKind, keyof typeof toolStrings>> = {
	notRead: 'notRead',
	notFound: 'notFound',
	noMatch: 'noMatch',
	changedMeanwhile: 'changedMeanwhile',
	commandFailed: 'commandFailed',
	timedOut: 'timedOut',
	notPermitted: 'notPermitted',
	invalidInput: 'invalidInput',
	tooLarge: 'tooLarge',
	network: 'network',
	mcp: 'mcp',
	cancelled: 'cancelled',
	other: 'other',
};
