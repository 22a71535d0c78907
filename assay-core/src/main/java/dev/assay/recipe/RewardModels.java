package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.EnsembleFolder;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.data.hub.Hub;
import dev.assay.data.hub.HubReference;
import dev.assay.method.armorm.MixtureFolder;
import dev.assay.method.armorm.MixtureRewardModel;
import dev.assay.method.ensemble.MeanEnsemble;
import dev.assay.network.NeuralRewardModel;
import dev.assay.reward.ObjectiveRewardModel;
import dev.assay.reward.RewardModel;
import dev.assay.reward.Steering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Loads a reward model by the name a person gives it. */
public final class RewardModels {
    private RewardModels() {}

    /**
     * Loads a model for scoring.
     *
     * @param model a model folder, a run folder, whose best checkpoint is taken, the folder of an ensemble, or {@code
     *     hub://owner/name}
     * @throws AssayException of kind CHECKPOINT where there is no model that can score
     */
    public static RewardModel load(String model) {
        Path place = Hub.local(model);
        if (EnsembleFolder.is(place)) {
            return ensemble(place);
        }
        Path folder = folder(model);
        if (MixtureFolder.is(folder)) {
            return MixtureRewardModel.load(folder);
        }
        return isRaw(folder) ? NeuralRewardModel.loadUntrained(folder) : NeuralRewardModel.load(folder);
    }

    /**
     * Loads a mixture of objectives, steered.
     *
     * @throws AssayException of kind INPUT where the model has no objectives to steer, or not those that are named
     */
    public static RewardModel load(String model, Steering steering) {
        RewardModel loaded = load(model);
        if (steering.isNone()) {
            return loaded;
        }
        try {
            if (loaded instanceof ObjectiveRewardModel mixture) {
                return mixture.steered(steering);
            }
            throw new AssayException(
                    ErrorKind.INPUT,
                    model
                            + " gives one number and has no objectives to steer; only a mixture of objectives (method armorm,"
                            + " or a folder in its published layout) can be steered");
        } catch (AssayException e) {
            loaded.close();
            throw e;
        }
    }

    private static RewardModel ensemble(Path folder) {
        Map<String, RewardModel> members = new LinkedHashMap<>();
        try {
            EnsembleFolder.members(folder).forEach(member -> members.put(member, load(member)));
            return new MeanEnsemble(members);
        } catch (AssayException e) {
            members.values().forEach(RewardModel::close);
            throw e;
        }
    }

    /** A fresh head is a mistake unless the model's own recipe asked for one. */
    private static boolean isRaw(Path folder) {
        return ModelFolder.manifest(folder)
                .filter(manifest ->
                        manifest.trainedSteps() == 0 && !manifest.recipe().isEmpty())
                .map(manifest -> Recipe.parse(manifest.recipe(), folder + "/assay.json", List.of()))
                .map(recipe -> recipe.method() instanceof MethodSection.Raw)
                .orElse(false);
    }

    /** Whether there is a folder of that name, asked before anything slow; what is on the Hub shows when it is fetched. */
    public static void requireThere(String model) {
        if (!HubReference.is(model)) {
            requireThere(model, Path.of(model));
        }
    }

    private static void requireThere(String model, Path path) {
        if (!Files.isDirectory(path)) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    model + " is not there; a model is a folder with config.json, or a run folder of assay train");
        }
    }

    /** The one model folder a name stands for; see {@link #load}. An ensemble has none. */
    public static Path folder(String model) {
        Path path = Hub.local(model);
        if (EnsembleFolder.is(path)) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    model + " is an ensemble and no single model; name one of its members: "
                            + String.join(", ", EnsembleFolder.members(path)));
        }
        requireThere(model, path);
        return Stream.of(path, path.resolve("checkpoints/best"), path.resolve("checkpoints/last"))
                .filter(folder -> Files.isRegularFile(folder.resolve("config.json")))
                .findFirst()
                .orElseThrow(() -> new AssayException(ErrorKind.CHECKPOINT, model + ": " + missing(path)));
    }

    private static String missing(Path path) {
        return Optional.of(path.resolve("recipe.yaml"))
                .filter(Files::isRegularFile)
                .map(recipe -> "this run has no checkpoint yet; let it run longer, or resume it with assay train "
                        + recipe + " --resume")
                .orElse("no config.json in it; a model folder has config.json, model.safetensors and tokenizer.json");
    }
}
