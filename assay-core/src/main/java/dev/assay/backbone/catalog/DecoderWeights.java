package dev.assay.backbone.catalog;

import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.DecoderFamily;
import dev.assay.backbone.LoadOptions;
import dev.assay.backbone.ParameterSpec;
import dev.assay.checkpoint.ModelWeights;
import dev.assay.nn.Parameters;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Fills a decoder's parameters from a checkpoint or from a seed. */
final class DecoderWeights {
    /** Heads that other parts of Assay read from the same file: a scalar one, or a mixture of objectives. */
    private static final List<String> HEADS =
            List.of("score.", "regression_layer.", "reward_transform_matrix", "gating.");

    private final DecoderFamily family;
    private final List<ParameterSpec> specs;
    private final DecoderConfig config;

    DecoderWeights(DecoderFamily family, DecoderConfig config) {
        this.family = family;
        this.config = config;
        this.specs = family.parameters(config);
    }

    /** Takes the weights over: closed with the parameters, or here where nothing points into them any more. */
    Parameters load(ModelWeights weights, LoadOptions options) {
        check(weights);
        Parameters parameters = new Parameters();
        boolean mapped = false;
        try (TensorScope scope = TensorScope.open()) {
            for (ParameterSpec spec : specs) {
                String stored = storedName(spec.name(), weights);
                Precision wanted = options.trainable() ? Precision.FLOAT32 : options.compute();
                Tensor tensor = weights.tensor(stored);
                if (weights.precision(stored) != wanted) {
                    tensor = tensor.to(wanted.type());
                } else if (options.trainable()) {
                    tensor = tensor.clone();
                } else {
                    mapped = true;
                }
                parameters.put(spec.name(), tensor.set_requires_grad(options.trainable()));
            }
        }
        if (mapped) {
            parameters.closeAfter(weights::close);
        } else {
            weights.close();
        }
        return parameters;
    }

    /** The weights as they are stored, on the mapping, under their public names; belong to the current scope. */
    Map<String, Tensor> stored(ModelWeights weights) {
        check(weights);
        Map<String, Tensor> stored = new LinkedHashMap<>();
        specs.forEach(spec -> stored.put(spec.name(), weights.tensor(storedName(spec.name(), weights))));
        return stored;
    }

    /** Fresh fp32 weights, drawn in the order of the family's list. */
    Parameters random(long seed) {
        Parameters parameters = new Parameters();
        try (TensorScope scope = TensorScope.open()) {
            Generator generator = torch.createCPUGenerator(seed);
            GeneratorOptional source = new GeneratorOptional(generator);
            for (ParameterSpec spec : specs) {
                Tensor tensor = switch (spec.start()) {
                    case NORMAL -> torch.empty(spec.shape()).normal_(0, config.initializerRange(), source);
                    case ZEROS -> torch.zeros(spec.shape());
                    case ONES -> torch.ones(spec.shape());
                };
                spec.zeroRow().ifPresent(row -> tensor.select(0, row).zero_());
                parameters.put(spec.name(), tensor.set_requires_grad(true));
            }
        }
        return parameters;
    }

    private void check(ModelWeights weights) {
        Problems problems = new Problems(
                ErrorKind.CHECKPOINT,
                weights.folder() + " does not hold the " + config.modelType() + " its config.json describes");
        Set<String> expected = new HashSet<>();
        for (ParameterSpec spec : specs) {
            String stored = storedName(spec.name(), weights);
            expected.add(stored);
            if (!weights.names().contains(stored)) {
                problems.add(stored + " is missing, expected " + Arrays.toString(spec.shape()));
            } else if (!Arrays.equals(weights.shape(stored), spec.shape())) {
                problems.add(stored + " is " + Arrays.toString(weights.shape(stored)) + ", expected "
                        + Arrays.toString(spec.shape()));
            }
        }
        for (String name : weights.names()) {
            if (!expected.contains(name) && !known(name)) {
                problems.add(name + " " + Arrays.toString(weights.shape(name)) + " is unknown");
            }
        }
        problems.throwIfAny();
    }

    private boolean known(String name) {
        return HEADS.stream().anyMatch(name::startsWith)
                || name.equals(family.languageHead())
                || name.equals("lm_head.weight")
                || family.ignores(name);
    }

    /** Files of a bare decoder, as AutoModel writes them, leave the prefix out. */
    private String storedName(String name, ModelWeights weights) {
        String bare = name.substring(family.prefix().length());
        return !weights.names().contains(name) && weights.names().contains(bare) ? bare : name;
    }
}
