/** Every case of every group. */

import type { Case } from './kubernetes-case.ts';
import { containerCases } from './kubernetes-cases-container.ts';
import { dataCases } from './kubernetes-cases-data.ts';
import { metadataCases } from './kubernetes-cases-metadata.ts';
import { networkCases } from './kubernetes-cases-network.ts';
import { podCases } from './kubernetes-cases-pod.ts';
import { workloadCases } from './kubernetes-cases-workload.ts';

/** All cases, in the order of the checks. */
export const cases: readonly Case[] = [
  ...metadataCases,
  ...containerCases,
  ...podCases,
  ...workloadCases,
  ...dataCases,
  ...networkCases,
];
