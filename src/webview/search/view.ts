import type { Format } from '../format.ts';
import type { SearchModel, SearchState } from './searchModel.ts';

/** What each part of the page draws from; the parts are functions of it. */
export interface View {
	readonly state: SearchState;
	readonly model: SearchModel;
	readonly format: Format;
}
