package dev.assay.recipe;

import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.method.more.GradientNormalization;
import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import dev.assay.training.GradientReach;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The scheme a model is made by; {@code method.name} picks one; {@code method: NAME} takes its defaults. Add one here and in {@link MethodCatalog}. */
public sealed interface MethodSection {
    /** The sources a scheme names, in the order it learns from them; empty: all of the recipe, in its order. */
    default List<String> named() {
        return List.of();
    }

    /** Nothing is trained: the backbone under a fresh head ("Raw"), which says what chance looks like. */
    record Raw() implements MethodSection {}

    /**
     * Bradley-Terry ranking on one source alone ("Top"); the others are only measured on.
     *
     * @param source its name
     */
    record Single(String source) implements MethodSection {
        public Single {
            new Rules().notBlank("source", source).check();
        }

        @Override
        public List<String> named() {
            return List.of(source);
        }
    }

    /**
     * Bradley-Terry ranking on all sources at once (Hybrid in the first version of arXiv 2312.07401, MultiTask in its
     * revision).
     *
     * @param weighting whether every row of a step counts the same or every source
     * @param centering weight of the penalty on the squared sum of a pair's rewards (Eisenstein et al. 2023), &gt;= 0
     */
    record BradleyTerry(
            @Default("by-rows") StaticWeighting.Kind weighting,
            @Default("0") double centering) implements MethodSection {
        public BradleyTerry {
            new Rules().atLeast("centering", centering, 0).check();
        }
    }

    /**
     * Bradley-Terry ranking on one source after the other, a stage each, every stage with its own optimizer and course of
     * the learning rate. The best checkpoint is that of the last stage.
     *
     * @param order names of the sources; empty: as the recipe lists them
     */
    record Sequential(@Default("[]") List<String> order) implements MethodSection {
        public Sequential {
            new Rules()
                    .that("order", new HashSet<>(order).size() == order.size(), "order names a source twice: " + order)
                    .check();
        }

        @Override
        public List<String> named() {
            return order;
        }
    }

    /**
     * The mean of the rewards of several models, the naive ensemble.
     *
     * @param members run folders, model folders or {@code hub://owner/name}; empty: one model a source is trained for it,
     *     as with {@link Single}, in a run of its own under {@code members/}
     */
    record Ensemble(@Default("[]") List<String> members) implements MethodSection {
        public Ensemble {
            new Rules()
                    .that("members", members.stream().noneMatch(String::isBlank), "members names an empty path")
                    .check();
        }
    }

    /**
     * MORE: sources are weighted in each step so that no source's gradient is worked against.
     *
     * @param version the paper's version whose settings are the defaults
     * @param normalization of the per-source gradients before the weights are solved for
     * @param momentum of the per-source gradients, in [0, 1); absent: that of the version; only where the reach is the head
     * @param reach the parameters the sources' gradients are compared on
     * @param rescale whether the loss is K times the weighted mean of the sources' losses; AdamW undoes the factor, but
     *     {@code training.gradient-clip} meets it K times sooner than MultiTask's
     */
    record More(
            @Default("v2") MoreVersion version,
            @Default("none") GradientNormalization normalization,
            Optional<Double> momentum,
            @Default("head") GradientReach reach,
            @Default("true") boolean rescale)
            implements MethodSection {
        public More {
            double alpha = alpha(version, momentum);
            new Rules()
                    .that("momentum", alpha >= 0 && alpha < 1, "momentum is " + alpha + ", it must be in [0, 1)")
                    .that(
                            "reach",
                            alpha == 0 || reach == GradientReach.HEAD,
                            "momentum " + alpha + " remembers a gradient for every source, which beyond the head is as"
                                    + " many times all its parameters; set momentum: 0, or reach: head")
                    .check();
        }

        /** The momentum in force. */
        double alpha() {
            return alpha(version, momentum);
        }

        private static double alpha(MoreVersion version, Optional<Double> momentum) {
            return momentum.orElse(version == MoreVersion.V1 ? 0.5 : 0.0);
        }
    }

    /**
     * Masked regression on {@code data.ratings}: decoder and a head of objectives trained end to end (arXiv 2406.12845, Eq. 1). What
     * comes out predicts ratings and has no one reward; it is a backbone to go on from, such as under {@link ArmoRm}.
     *
     * @param objectives names of those to learn, in this order; empty: all that are rated, in the order they first come
     */
    record Objectives(@Default("[]") List<String> objectives) implements MethodSection {
        public Objectives {
            new Rules()
                    .that(
                            "objectives",
                            new HashSet<>(objectives).size() == objectives.size(),
                            "objectives names one twice: " + objectives)
                    .check();
        }
    }

    /**
     * ArmoRM (arXiv 2406.12845): probes for the objectives of {@code data.ratings} on a frozen backbone, freed of a nuisance, and
     * weighed by a gate that learns from the pairs of {@code data.train}. Of {@code training} only precision, microbatch-tokens
     * and seed matter.
     *
     * @param embeddings the frozen states
     * @param probes one an objective
     * @param debias what the objectives are freed of
     * @param gate what weighs them
     */
    record ArmoRm(
            @Default("{}") EmbeddingsSection embeddings,
            @Default("{}") ProbesSection probes,
            @Default("{}") DebiasSection debias,
            @Default("{}") GateSection gate)
            implements MethodSection {}

    /** The two versions of the paper. */
    enum MoreVersion {
        /** The first version of arXiv 2312.07401: momentum 0.5. */
        V1,
        /** Its revision: no momentum. */
        V2
    }
}
