package dev.assay.method.armorm;

import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.checkpoint.MixtureSupplement;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.checkpoint.ModelWeights;
import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.data.RatingScale;
import dev.assay.head.GatingHead;
import dev.assay.nn.Parameters;
import dev.assay.reward.Objective;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.GatingPattern;
import dev.assay.tokenization.PromptPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A mixture as the tensors of its folder, and back. */
final class MixtureTensors {
    private static final String GATE = "gating.";
    private static final double PUBLISHED_TEMPERATURE = 10;

    private MixtureTensors() {}

    /** Under the published names, in fp32 and in the current scope. */
    static Map<String, Tensor> published(ObjectiveMixture mixture) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(ObjectiveProbes.WEIGHT, mixture.probes().weights().to(ScalarType.Float));
        tensors.put(MixtureFolder.TRANSFORM, mixture.transform().tensor().to(ScalarType.Float));
        mixture.gate().parameters().view().forEach((name, tensor) -> tensors.put(name, tensor.to(ScalarType.Float)));
        return tensors;
    }

    /** What has no published name. */
    static MixtureSupplement supplement(ObjectiveMixture mixture, PromptPosition prompt) {
        double[] intercepts = mixture.probes().intercepts();
        double[] perToken = mixture.transform().perToken();
        List<MixtureSupplement.Line> lines = new ArrayList<>();
        for (ScaledObjective objective : mixture.probes().objectives()) {
            int k = lines.size();
            RatingScale scale = objective.scale();
            lines.add(new MixtureSupplement.Line(
                    objective.name(), scale.low(), scale.high(), intercepts[k], perToken[k]));
        }
        Optional<List<Integer>> pattern = switch (prompt) {
            case PromptPosition.LastToken last -> Optional.empty();
            case GatingPattern ids ->
                Optional.of(Arrays.stream(ids.ids()).boxed().toList());
        };
        return new MixtureSupplement(lines, pattern, mixture.probes().errors().stored());
    }

    /**
     * Reads a mixture whose parts the caller closes.
     *
     * @param width D of the decoder
     */
    static ObjectiveMixture read(
            Path folder, ModelConfig json, ModelWeights weights, Optional<MixtureSupplement> supplement, int width) {
        int count = check(folder, json, weights, supplement, width);
        double[] intercepts = new double[count];
        double[] perToken = new double[count];
        List<ScaledObjective> objectives = new ArrayList<>(PublishedObjectives.of(count));
        supplement.filter(known -> !known.objectives().isEmpty()).ifPresent(known -> {
            for (int k = 0; k < count; k++) {
                MixtureSupplement.Line line = known.objectives().get(k);
                intercepts[k] = line.intercept();
                perToken[k] = line.perToken();
                objectives.set(
                        k, new ScaledObjective(new Objective(line.name()), new RatingScale(line.low(), line.high())));
            }
        });
        try (TensorScope scope = TensorScope.open()) {
            GatingHead gate = gate(json, weights);
            Parameters probes = new Parameters();
            probes.put(
                    ObjectiveProbes.WEIGHT,
                    weights.tensor(ObjectiveProbes.WEIGHT).to(ScalarType.Double));
            probes.put(ObjectiveProbes.BIAS, Tensors.doubles(intercepts, count));
            PredictionErrors errors = errors(folder, supplement, count, width);
            double[] matrix = Tensors.toDoubles(weights.tensor(MixtureFolder.TRANSFORM));
            return new ObjectiveMixture(
                    new ObjectiveProbes(objectives, probes, errors), RewardTransform.of(matrix, perToken), gate);
        }
    }

    private static GatingHead gate(ModelConfig json, ModelWeights weights) {
        Parameters parameters = new Parameters();
        for (String name : weights.names()) {
            if (name.startsWith(GATE)) {
                // A copy even where the type is right: the gate outlives the mapping.
                parameters.put(name, weights.tensor(name).to(ScalarType.Float).clone());
            }
        }
        return new GatingHead(parameters, json.number("gating_temperature", PUBLISHED_TEMPERATURE));
    }

    private static PredictionErrors errors(Path folder, Optional<MixtureSupplement> supplement, int count, int width) {
        PredictionErrors errors = new PredictionErrors();
        List<MixtureSupplement.Errors> groups =
                supplement.map(MixtureSupplement::errors).orElse(List.of());
        if (!groups.isEmpty()) {
            try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(MixtureSupplement.TENSORS))) {
                PredictionErrors.requireFit(groups, file, count, width);
                groups.forEach(group -> errors.addStored(group, file));
            }
        }
        return errors;
    }

    /** K, once everything fits: one error names all that does not. */
    private static int check(
            Path folder, ModelConfig json, ModelWeights weights, Optional<MixtureSupplement> supplement, int width) {
        Problems problems =
                new Problems(ErrorKind.CHECKPOINT, folder + " does not hold the mixture its config.json describes");
        int count = json.integer("num_objectives", PublishedObjectives.COUNT);
        if (json.has("num_quantiles")) {
            problems.add(
                    "num_quantiles is set: a model of quantiles uses these names for something else, and is not read");
        }
        int layers = json.integer("gating_n_hidden", 3);
        expect(weights, ObjectiveProbes.WEIGHT, problems, count, width);
        expect(weights, MixtureFolder.TRANSFORM, problems, count, count);
        int hidden = json.integer("gating_hidden_dim", 1024);
        expect(weights, GATE + "logit_scale", problems, 1);
        for (int i = 0; i <= layers; i++) {
            int out = i == layers ? count : hidden;
            expect(weights, GATE + "layers." + i + ".weight", problems, out, i == 0 ? width : hidden);
            expect(weights, GATE + "layers." + i + ".bias", problems, out);
        }
        supplement
                .filter(known -> !known.objectives().isEmpty())
                .filter(known -> known.objectives().size() != count)
                .ifPresent(known -> problems.add(
                        "mixture.json has " + known.objectives().size() + " objectives, config.json " + count));
        problems.throwIfAny();
        json.check();
        return count;
    }

    private static void expect(ModelWeights weights, String name, Problems problems, long... shape) {
        if (!weights.names().contains(name)) {
            problems.add(name + " is missing, expected " + Arrays.toString(shape));
        } else if (!Arrays.equals(weights.shape(name), shape)) {
            problems.add(name + " is " + Arrays.toString(weights.shape(name)) + ", expected " + Arrays.toString(shape));
        }
    }
}
