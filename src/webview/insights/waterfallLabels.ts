import type { WaterfallLabels } from '../charts/waterfall.ts';
import { costText } from './words/cost.ts';

/** The words around the steps of a sum of money. */
export function waterfallLabels(table: string): WaterfallLabels {
	return {
		step: costText('step'),
		change: costText('change'),
		after: costText('costColumn'),
		table,
		sum: costText('keySum'),
		less: costText('keyLess'),
		more: costText('keyMore'),
	};
}
