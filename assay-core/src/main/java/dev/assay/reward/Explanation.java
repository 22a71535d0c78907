package dev.assay.reward;

import java.util.List;

/**
 * Why a reward has its value, as a typed tree. The value of a node <em>is</em> what the tree computes, in double, so that
 * a reward and its explanation cannot disagree.
 */
public sealed interface Explanation {
    /** What this node is about. */
    String label();

    /** The value this node computes. */
    double value();

    /** A number that is not explained further. */
    record Leaf(String label, double value) implements Explanation {}

    /** A part of a sum: weight times what its explanation computes. */
    record Term(double weight, Explanation part) {
        /** The contribution to the sum. */
        public double contribution() {
            return weight * part.value();
        }
    }

    /** The sum of its terms' contributions. */
    record WeightedSum(String label, List<Term> terms) implements Explanation {
        public WeightedSum {
            terms = List.copyOf(terms);
        }

        @Override
        public double value() {
            return terms.stream().mapToDouble(Term::contribution).sum();
        }
    }

    /** scale times its input, plus shift. */
    record Affine(String label, double scale, double shift, Explanation input) implements Explanation {
        @Override
        public double value() {
            return scale * input.value() + shift;
        }
    }

    /** A number a network computed; the children are evidence and not summands. */
    record Opaque(String label, double value, List<Explanation> evidence) implements Explanation {
        public Opaque {
            evidence = List.copyOf(evidence);
        }
    }
}
