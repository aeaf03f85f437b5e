import fc from 'fast-check';
import { examples } from '../support/examples.ts';

fc.configureGlobal({ numRuns: examples(100) });
