/** Words of the insights page, and of what all pages share. */
import { speakerOf } from './sentences.ts';
import { strings } from './strings.ts';

export const text = speakerOf('insights', strings);
