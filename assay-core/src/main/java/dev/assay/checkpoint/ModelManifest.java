package dev.assay.checkpoint;

import dev.assay.tokenization.SpecialTokens;
import dev.assay.tokenization.Truncation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Assay writes as {@code assay.json} beside a model: how it was made, and what it must answer.
 *
 * @param recipe the resolved recipe, as text; empty where there was none
 * @param dataFingerprint hash of the training data; empty where unknown
 * @param trainedSteps optimizer steps the head has seen; a model with 0 has a fresh head and is not for scoring
 * @param precision name of the precision it was trained in
 * @param specialTokens the ids the model was trained with
 * @param format name of the form conversations were rendered in
 * @param truncation longest sequence it was trained with, and how longer ones were cut
 * @param versions libraries and their versions
 * @param golden rewards of the stored weights, computed in fp32
 */
public record ModelManifest(
        String recipe,
        String dataFingerprint,
        long trainedSteps,
        String precision,
        SpecialTokens specialTokens,
        String format,
        Truncation truncation,
        Map<String, String> versions,
        List<GoldenReward> golden) {
    public ModelManifest {
        versions = new TreeMap<>(versions);
        golden = List.copyOf(golden);
        if (trainedSteps < 0) {
            throw new IllegalArgumentException("trainedSteps " + trainedSteps + " is below 0");
        }
    }

    /** The same with other golden rewards. */
    public ModelManifest withGolden(List<GoldenReward> rewards) {
        return new ModelManifest(
                recipe, dataFingerprint, trainedSteps, precision, specialTokens, format, truncation, versions, rewards);
    }
}
