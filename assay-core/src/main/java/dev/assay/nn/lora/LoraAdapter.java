package dev.assay.nn.lora;

import dev.assay.nn.Linear;
import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A named set of low-rank updates on a backbone's linear layers. At most one adapter acts on a layer at a time: attaching
 * selects this one in place of another, detaching leaves the base as it was. The base weights are never touched.
 *
 * <p>Its parameters are named {@code <layer>.lora_A.weight} {@code [r,in]} and {@code <layer>.lora_B.weight} {@code
 * [out,r]}. A fresh adapter changes nothing, since B starts at zero.
 */
public final class LoraAdapter implements AutoCloseable {
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";

    private final String name;
    private final LoraConfig config;
    private final Parameters parameters;
    private final DropoutSeed dropout = new DropoutSeed();
    private final Map<String, LoraUpdate> updates = new LinkedHashMap<>();

    private LoraAdapter(String name, LoraConfig config, Parameters parameters, Collection<String> layers) {
        this.name = name;
        this.config = config;
        this.parameters = parameters;
        for (String layer : layers) {
            updates.put(
                    layer,
                    new LoraUpdate(
                            parameters.get(layer + A), parameters.get(layer + B), config, dropout, updates.size()));
        }
    }

    /**
     * A fresh adapter for those of the layers that the configuration targets: A uniform in ±1/sqrt(in) as PEFT draws it
     * (Kaiming with a = sqrt 5), B zero.
     *
     * @throws IllegalArgumentException when no layer is targeted
     */
    public static LoraAdapter create(String name, LoraConfig config, Collection<Linear> layers, long seed) {
        Parameters parameters = new Parameters();
        Map<String, Linear> targeted = targeted(config, layers);
        try (TensorScope scope = TensorScope.open();
                NoGradGuard frozen = new NoGradGuard()) {
            SplittableRandom random = new SplittableRandom(seed);
            targeted.forEach((layer, linear) -> {
                long[] outIn = Tensors.shape(linear.weight());
                float[] values = new float[Math.toIntExact(config.rank() * outIn[1])];
                double bound = 1 / Math.sqrt(outIn[1]);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextDouble(-bound, bound);
                }
                parameters.put(layer + A, Tensors.floats(values, config.rank(), outIn[1]));
                parameters.put(layer + B, torch.zeros(outIn[0], config.rank()));
            });
        }
        parameters.trainable(true);
        return new LoraAdapter(name, config, parameters, targeted.keySet());
    }

    /**
     * An adapter from stored parameters, which it takes over.
     *
     * @param parameters named as this class names them
     */
    public static LoraAdapter of(String name, LoraConfig config, Parameters parameters) {
        Set<String> layers = new LinkedHashSet<>();
        for (String parameter : parameters.names()) {
            if (parameter.endsWith(A)) {
                layers.add(parameter.substring(0, parameter.length() - A.length()));
            }
        }
        return new LoraAdapter(name, config, parameters, layers);
    }

    private static Map<String, Linear> targeted(LoraConfig config, Collection<Linear> layers) {
        Map<String, Linear> targeted = new LinkedHashMap<>();
        layers.stream()
                .filter(layer -> config.targets(layer.name()))
                .forEach(layer -> targeted.put(layer.name(), layer));
        if (targeted.isEmpty()) {
            throw new IllegalArgumentException("no linear layer matches the LoRA targets " + config.targets()
                    + "; the layers are "
                    + layers.stream()
                            .map(layer -> layer.name().substring(layer.name().lastIndexOf('.') + 1))
                            .distinct()
                            .toList());
        }
        return targeted;
    }

    /** Its name among the adapters of one base. */
    public String name() {
        return name;
    }

    /** What it was made with. */
    public LoraConfig config() {
        return config;
    }

    /** A and B of every layer. */
    public Parameters parameters() {
        return parameters;
    }

    /** Paths of the layers it changes. */
    public Set<String> layers() {
        return Collections.unmodifiableSet(updates.keySet());
    }

    /** Makes this the acting adapter of its layers, in place of any other. */
    public void attachTo(Collection<Linear> layers) {
        layers.forEach(layer -> layer.attach(updates.get(layer.name())));
    }

    /** Leaves the layers without an adapter. */
    public static void detach(Collection<Linear> layers) {
        layers.forEach(layer -> layer.attach(null));
    }

    /** Draws the dropout masks of the next batch; a pure function of the seed, so that a resumed run repeats them. */
    public void drawDropout(long seed) {
        dropout.draw(seed);
    }

    /** No dropout from now on: evaluation and scoring. */
    public void dropoutOff() {
        dropout.off();
    }

    /**
     * The weights with this adapter folded in, {@code W + scale * B A} in W's own type, for the layers it changes; named
     * {@code <layer>.weight}. The caller owns them; the base stays as it is.
     */
    public Parameters merged(Collection<Linear> layers) {
        Parameters merged = new Parameters();
        try (TensorScope scope = TensorScope.open();
                NoGradGuard frozen = new NoGradGuard()) {
            for (Linear layer : layers) {
                LoraUpdate update = updates.get(layer.name());
                if (update != null) {
                    Tensor weight = layer.weight();
                    Tensor sum = weight.to(ScalarType.Float).add(update.product());
                    merged.put(layer.name() + ".weight", sum.to(Tensors.type(weight)));
                }
            }
        }
        return merged;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
