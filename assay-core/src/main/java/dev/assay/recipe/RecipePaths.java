package dev.assay.recipe;

import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.data.hub.HubReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether what a recipe names is there, asked before anything is read or made. What is on the Hub shows when it is fetched. */
public final class RecipePaths {
    private RecipePaths() {}

    /**
     * Looks for every path.
     *
     * @throws dev.assay.AssayException of kind RECIPE that names every one that is not there
     */
    public static void require(Recipe recipe) {
        Problems problems = new Problems(ErrorKind.RECIPE, "recipe");
        DataSection data = recipe.data();
        sources("data.train", data.train(), problems);
        sources("data.ratings", data.ratings(), problems);
        sources("data.validation.sources", data.validation().sources(), problems);
        sources("data.test", data.test(), problems);
        recipe.backbone()
                .path()
                .filter(RecipePaths::isAbsent)
                .ifPresent(path -> problems.add("backbone.path: " + path
                        + " is not there; name a model folder with config.json, or hub://owner/name"));
        recipe.tokenization()
                .tokenizer()
                .filter(RecipePaths::isAbsent)
                .ifPresent(path -> problems.add("tokenization.tokenizer: " + path
                        + " is not there; name a folder with tokenizer.json, or hub://owner/name"));
        RlhflowStates.files(recipe)
                .ifPresent(
                        files -> RlhflowStates.paths(files).stream()
                                .filter(path -> !Files.isRegularFile(Path.of(path)))
                                .forEach(
                                        path -> problems.add(
                                                "method.embeddings.rlhflow: " + path
                                                        + " is not there; name a file that assay embed --rlhflow or the published scripts wrote")));
        problems.throwIfAny();
    }

    private static void sources(String key, List<DataSection.Source> sources, Problems problems) {
        for (int i = 0; i < sources.size(); i++) {
            DataSection.Source source = sources.get(i);
            if (isAbsent(source.path())) {
                problems.add(key + "." + i + ".path: " + source.path() + " of source " + source.name()
                        + " is not there; check the path, which counts from the folder assay is run in");
            }
        }
    }

    private static boolean isAbsent(String path) {
        return !HubReference.is(path) && !Files.exists(Path.of(path));
    }
}
