package dev.assay.evaluation.calibration;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Conversation;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A test set in two halves of the same size on each source. Pairs of one prompt lie on one side, also where sources share
 * prompts; pairs without a prompt count each for itself.
 */
public final class PromptHalves {
    /** Of each source, the pairs of the second half. */
    private final List<BitSet> second;

    private PromptHalves(List<BitSet> second) {
        this.second = second;
    }

    /**
     * Draws the halves.
     *
     * @param sources the pairs, with their prompts
     * @param seed equal seeds give equal halves
     * @throws AssayException of kind DATA where there are too few prompts
     */
    public static PromptHalves of(List<PreferenceSource> sources, long seed) {
        Map<Conversation, Boolean> sides = new HashMap<>();
        Random random = new Random(seed);
        List<BitSet> second = sources.stream()
                .map(source -> second(source.pairs(), sides, random))
                .toList();
        if (second.stream().allMatch(BitSet::isEmpty)) {
            throw new AssayException(
                    ErrorKind.DATA,
                    "sources " + sources.stream().map(PreferenceSource::name).toList()
                            + " have too few prompts for two halves, so that no pair is judged by a map that has seen"
                            + " it; test on more");
        }
        return new PromptHalves(second);
    }

    /**
     * Draws the halves so that each source has pairs in both.
     *
     * @throws AssayException of kind DATA with all sources that lie in one half as a whole
     */
    public static PromptHalves ofEach(List<PreferenceSource> sources, long seed) {
        PromptHalves halves = of(sources, seed);
        List<String> whole = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            int n = sources.get(s).pairs().size();
            int second = halves.second.get(s).cardinality();
            if (second == 0 || second == n) {
                whole.add("\"" + sources.get(s).name() + "\" (" + n + (n == 1 ? " pair)" : " pairs)"));
            }
        }
        if (!whole.isEmpty()) {
            throw new AssayException(
                    ErrorKind.DATA,
                    "of " + String.join(", ", whole) + " all pairs lie in one half, since pairs of one prompt stay"
                            + " together, also between sources; give each source two prompts of its own at least, or"
                            + " leave it out");
        }
        return halves;
    }

    /** The side of a prompt that another source has brought is kept; the others fill up the smaller side. */
    private static BitSet second(List<PreferencePair> pairs, Map<Conversation, Boolean> sides, Random random) {
        BitSet second = new BitSet();
        int placed = 0;
        List<List<Integer>> open = new ArrayList<>();
        Map<Conversation, List<Integer>> byPrompt = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            Conversation prompt = pairs.get(i).prompt();
            Boolean side = sides.get(prompt);
            if (side != null) {
                second.set(i, side);
                placed++;
            } else if (prompt.isEmpty()) {
                open.add(List.of(i));
            } else {
                byPrompt.computeIfAbsent(prompt, any -> new ArrayList<>()).add(i);
            }
        }
        open.addAll(byPrompt.values());
        Collections.shuffle(open, random);
        for (List<Integer> together : open) {
            boolean side = 2 * second.cardinality() < placed;
            together.forEach(i -> second.set(i, side));
            placed += together.size();
            Conversation prompt = pairs.get(together.getFirst()).prompt();
            if (!prompt.isEmpty()) {
                sides.put(prompt, side);
            }
        }
        return second;
    }

    /** Whether a pair lies in the second half. */
    boolean isSecond(int source, int index) {
        return second.get(source).get(index);
    }

    /**
     * One half of scores, source by source, in file order.
     *
     * @param sources the rewards of the pairs that the halves were drawn from, in the same order
     * @param wanted true for the second half
     */
    public List<PairScores> half(List<PairScores> sources, boolean wanted) {
        List<PairScores> half = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            List<PairScore> pairs = sources.get(s).pairs();
            List<PairScore> own = new ArrayList<>();
            for (int i = 0; i < pairs.size(); i++) {
                if (isSecond(s, i) == wanted) {
                    own.add(pairs.get(i));
                }
            }
            half.add(new PairScores(sources.get(s).source(), own));
        }
        return half;
    }
}
