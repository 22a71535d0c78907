/**
 * What the world sees of a reward model, without tensors: conversations in, rewards with their explanations out. Read
 * {@link dev.assay.reward.RewardModel} first.
 */
@NullMarked
package dev.assay.reward;

import org.jspecify.annotations.NullMarked;
