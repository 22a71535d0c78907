package dev.assay.method.armorm;

/**
 * In which coordinates a gate reads the states of prompts while it is trained. A decoder's states lie in a narrow cone: their
 * mean outweighs their differences, and these differ in size by orders of magnitude, so that a gate that starts from small random
 * weights sees little else than the mean. The map is folded into the first layer in the end; the trained gate reads raw states.
 */
public enum GateInput {
    /** As they are: the paper and its script. */
    RAW,
    /** Each number without its mean, in units of its standard deviation. */
    STANDARDIZED,
    /** Principal components without their mean, in units of their standard deviations, the smallest ones damped. */
    WHITENED,
    /** Raw and whitened, one gate each: the one with the smaller loss on held-out prompts is kept. */
    AUTO
}
