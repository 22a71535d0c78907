/**
 * Simulated annotators with known truth: the data of the quickstart, and the ground truth of experiments on conflicting
 * sources, calibration and ratings. Nothing comes in but a {@link dev.assay.data.simulation.WorldConfig}; records of
 * {@code data} go out. Read {@link dev.assay.data.simulation.SimulatedWorld} first; docs/simulation.md says what is planted.
 */
@NullMarked
package dev.assay.data.simulation;

import org.jspecify.annotations.NullMarked;
