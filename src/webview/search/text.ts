/** Words of the search page. */
import { speakerOf } from '../sentences.ts';
import { strings } from './strings.ts';

export const text = speakerOf('search', strings);
