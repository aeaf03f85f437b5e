import type { Format } from '../format.ts';
import type { PageModel } from './pageModel.ts';
import type { PageState } from './pageState.ts';

/** What each part of the page draws from; the parts are functions of it. */
export interface View {
	readonly state: PageState;
	readonly model: PageModel;
	readonly format: Format;
}
