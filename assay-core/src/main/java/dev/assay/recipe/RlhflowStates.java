package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.data.RatingScale;
import dev.assay.method.armorm.ScaledObjective;
import dev.assay.method.armorm.StoredFeatures;
import dev.assay.network.FeatureModel;
import dev.assay.network.FeatureStore;
import dev.assay.network.RlhflowFeatures;
import dev.assay.tensor.Precision;
import dev.assay.tokenization.PromptPosition;
import dev.assay.training.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Stage 0 of a mixture whose states are there, in the files of the scripts published with ArmoRM. */
final class RlhflowStates {
    /** What a split by row does to what is measured. */
    static final String BY_ROW =
            "The files of ratings name no prompts: ratings are split by row, so that answers to one prompt may be on both"
                    + " sides, which flatters what is measured on ratings";

    /** Of labels in bf16, at 1. */
    private static final double ROUNDING = 1.0 / 128;

    private RlhflowStates() {}

    /** Reads all files and finds out how a conversation is to be read in use. */
    static MixtureFeatures open(
            Recipe recipe,
            MethodSection.ArmoRm method,
            RlhflowSection files,
            Path run,
            RunTokens tokens,
            TrainingListener told) {
        Path backbone = MixtureBackbone.folder(recipe, run, tokens);
        try (FeatureModel model = FeatureModel.load(backbone, backbone, tokens.format(), Precision.FLOAT32)) {
            MixtureFeatures features = read(files, backbone, MixtureBackbone.position(method.embeddings(), model));
            try {
                requireWidth(features, model.backbone().config().hiddenSize());
                RlhflowFeatures.Rated rated = features.labelled().orElseThrow();
                Map<String, RatingScale> columns = columns(method, rated);
                MixtureNames.require(recipe, method, columns);
                features.parts().values().forEach(FeatureStore::requireFinite);
                told.onMessage("warning: " + BY_ROW);
                offScale(rated, List.copyOf(columns.keySet()))
                        .forEach(warning -> told.onMessage("warning: " + warning));
                return features;
            } catch (AssayException e) {
                features.close();
                throw e;
            }
        }
    }

    private static MixtureFeatures read(RlhflowSection files, Path backbone, PromptPosition position) {
        RlhflowFeatures.Rated rated =
                RlhflowFeatures.readRated(files.ratings().stream().map(Path::of).toList());
        return new MixtureFeatures(
                rated.store(),
                RlhflowFeatures.readPairs(List.of(Path.of(files.pairs()))),
                files.test().map(path -> RlhflowFeatures.readPairs(List.of(Path.of(path)))),
                backbone,
                position,
                Optional.of(rated));
    }

    private static Map<String, RatingScale> columns(MethodSection.ArmoRm method, RlhflowFeatures.Rated rated) {
        Map<String, RatingScale> scales = new LinkedHashMap<>();
        for (ScaledObjective each : StoredFeatures.columns(method.probes().objectives(), rated.labels().length)) {
            scales.put(each.name(), each.scale());
        }
        return scales;
    }

    /** Labels that are no shares of a scale: what is fitted to them is right, what is told in the unit of the ratings is not. */
    private static List<String> offScale(RlhflowFeatures.Rated rated, List<String> names) {
        List<String> warnings = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            DoubleSummaryStatistics labels = Arrays.stream(rated.labels()[k])
                    .filter(label -> !Double.isNaN(label))
                    .summaryStatistics();
            if (labels.getCount() > 0 && (labels.getMin() < -ROUNDING || labels.getMax() > 1 + ROUNDING)) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "labels of %s run from %.4g to %.4g (n = %d) and are read as shares of its scale, 0 to 1: its"
                                + " rewards in the unit of the ratings will be wrong, and so will minima of steering; map the"
                                + " labels to 0 to 1",
                        names.get(k),
                        labels.getMin(),
                        labels.getMax(),
                        labels.getCount()));
            }
        }
        return warnings;
    }

    private static void requireWidth(MixtureFeatures features, int width) {
        Problems problems = new Problems(ErrorKind.RECIPE, "method.embeddings.rlhflow");
        for (Map.Entry<String, FeatureStore> part : features.parts().entrySet()) {
            if (part.getValue().width() != width) {
                problems.add(part.getKey() + " has states of width "
                        + part.getValue().width() + ", the backbone has " + width
                        + "; name the backbone they were computed with");
            }
        }
        problems.throwIfAny();
    }

    /** SHA-256 over the bytes of a recipe's files of states; absent where it names none. */
    static Optional<String> fingerprint(Recipe recipe) {
        return files(recipe).map(files -> {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (String path : paths(files)) {
                    try (InputStream bytes = new DigestInputStream(Files.newInputStream(Path.of(path)), digest)) {
                        bytes.transferTo(OutputStream.nullOutputStream());
                    }
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (IOException e) {
                throw new AssayException(ErrorKind.DATA, "states: cannot be read: " + e.getMessage(), e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        });
    }

    /** The files a recipe names in place of stage 0. */
    static Optional<RlhflowSection> files(Recipe recipe) {
        return recipe.method() instanceof MethodSection.ArmoRm mixture
                ? mixture.embeddings().rlhflow()
                : Optional.empty();
    }

    /** All of them, in order. */
    static List<String> paths(RlhflowSection files) {
        return Stream.of(files.ratings().stream(), Stream.of(files.pairs()), files.test().stream())
                .flatMap(each -> each)
                .toList();
    }
}
