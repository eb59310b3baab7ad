/**
 * Single events a second that keep a core busy when they come one by one, evenly, and are recorded and qualified: beyond, something waits
 * longer and longer. It is less than a closed loop takes, where many share a turn and a commit. Half load is half of it, in benchmarks and trials.
 * @param cpuMicros of the collector's process for each of them: its answer, its qualification, and what it leaves to be qualified later
 */
export const busyCore = (cpuMicros: number): number => 1e6 / cpuMicros
