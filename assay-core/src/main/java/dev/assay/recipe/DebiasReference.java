package dev.assay.recipe;

import dev.assay.ErrorKind;
import dev.assay.NearestName;
import dev.assay.Problems;
import dev.assay.data.Conversation;
import dev.assay.data.PreferencePair;
import dev.assay.method.armorm.PairFeatures;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The reference set of arXiv 2406.12845, Eq. 3: responses of the training pairs, of some sources or of all, each once however many
 * pairs it stands in.
 *
 * @param responses positions among the chosen responses of all pairs, followed by the rejected ones
 */
record DebiasReference(int[] responses) {
    /** Every response of every pair: where nothing but states is known of them. */
    static DebiasReference all(PairFeatures pairs) {
        return new DebiasReference(IntStream.range(0, 2 * pairs.pairs()).toArray());
    }

    /**
     * Responses of some sources.
     *
     * @param pairs the row of each pair, in the order of its states
     * @param sources their names; empty: all
     */
    static DebiasReference of(List<PreferencePair> pairs, List<String> sources) {
        record Response(Conversation prompt, Conversation answer) {}
        Set<Response> seen = new HashSet<>();
        return new DebiasReference(IntStream.range(0, 2 * pairs.size())
                .filter(i -> {
                    PreferencePair pair = pairs.get(i % pairs.size());
                    Conversation answer = i < pairs.size() ? pair.chosen() : pair.rejected();
                    return (sources.isEmpty() || sources.contains(pair.origin().source()))
                            && seen.add(new Response(pair.prompt(), answer));
                })
                .toArray());
    }

    /**
     * Whether all sources are there.
     *
     * @throws dev.assay.AssayException of kind RECIPE that names those that are not
     */
    static void require(List<String> wanted, List<String> known) {
        Problems problems = new Problems(ErrorKind.RECIPE, "method.debias.reference");
        for (String name : wanted) {
            if (!known.contains(name)) {
                problems.add(name + " is none of the sources the gate learns from ("
                        + String.join(", ", known) + ")"
                        + NearestName.of(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
            }
        }
        problems.throwIfAny();
    }

    /** The rewards of these responses alone, {@code [K][responses]} of {@code [K][2N]}. */
    double[][] of(double[][] rewards) {
        return Arrays.stream(rewards)
                .map(all -> IntStream.of(responses).mapToDouble(i -> all[i]).toArray())
                .toArray(double[][]::new);
    }

    /** Their lengths; none where none are known. */
    int[] of(int[] tokens) {
        return tokens.length == 0
                ? tokens
                : IntStream.of(responses).map(i -> tokens[i]).toArray();
    }
}
