package dev.assay.app;

import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.PairScores;
import dev.assay.recipe.PairScoring;
import dev.assay.reward.RewardModel;
import java.util.ArrayList;
import java.util.List;

/** The rewards of all sources, with one progress line for the whole. */
final class ScoredSources {
    private ScoredSources() {}

    static List<PairScores> of(RewardModel model, List<PreferenceSource> sources, String task) {
        long total = sources.stream().mapToLong(source -> source.pairs().size()).sum();
        List<PairScores> scores = new ArrayList<>();
        try (Progress progress = Progress.start(task, total, "pairs")) {
            long before = 0;
            for (PreferenceSource source : sources) {
                long finished = before;
                scores.add(PairScoring.of(model, source, done -> progress.at(finished + done, source.name())));
                before += source.pairs().size();
            }
        }
        return scores;
    }
}
