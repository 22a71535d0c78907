/**
 * What training minimises, as pure functions of rewards: values and exact derivatives in double, without autograd, so that
 * a loss never overflows and a batch split into parts gives the same gradient as the whole. Read {@link
 * dev.assay.objective.RankingLoss} first.
 */
@NullMarked
package dev.assay.objective;

import org.jspecify.annotations.NullMarked;
