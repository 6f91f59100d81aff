/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.diagnose.Reporter;
import dev.polyphony.processor.emit.Emitter;
import dev.polyphony.processor.method.BodyCheck;
import dev.polyphony.processor.method.ExemptionCheck;
import dev.polyphony.processor.method.Form;
import dev.polyphony.processor.method.FormCheck;
import dev.polyphony.processor.method.FormReader;
import dev.polyphony.processor.method.HeaderCheck;
import dev.polyphony.processor.method.Makers;
import dev.polyphony.processor.method.NameClaims;
import dev.polyphony.processor.method.Parts;
import dev.polyphony.processor.method.Plan;
import dev.polyphony.processor.method.Planner;
import dev.polyphony.processor.method.Request;
import dev.polyphony.processor.method.Surprises;
import dev.polyphony.processor.method.TaskReader;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import dev.polyphony.processor.read.AnnotationReader;
import dev.polyphony.processor.read.BodyReader;
import dev.polyphony.processor.read.ConstructorReader;
import dev.polyphony.processor.read.EntryReader;
import dev.polyphony.processor.read.OutputCount;
import dev.polyphony.processor.read.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic.Kind;

/** Takes models through the stages. */
final class ModelPipeline {

    private final FormReader formReader;
    private final ConstructorReader constructorReader;
    private final HeaderCheck headerCheck;
    private final EntryReader entryReader;
    private final BodyReader bodyReader;
    private final Parts parts;
    private final Makers makers;
    private final Planner planner;
    private final Emitter emitter;
    private final Reporter reporter;
    private final Headstart headstart;
    private final Set<String> upcoming = new HashSet<>();
    private final Set<String> entered = new HashSet<>();

    /** Annotated types, and each with the models that are done. */
    private final Set<String> done = new HashSet<>();

    private boolean isLastRound;

    /** Whether what is missing now stays missing. */
    private boolean isSettled;

    ModelPipeline(ProcessingEnvironment environment, NameClaims claims, Reporter reporter) {
        var elements = environment.getElementUtils();
        AnnotationReader places = new AnnotationReader(environment);
        TaskReader taskReader = new TaskReader(places, new OutputCount(environment));
        this.formReader = new FormReader(elements, places, taskReader);
        this.constructorReader = new ConstructorReader(elements);
        this.headerCheck = new HeaderCheck(elements, environment.getTypeUtils());
        this.entryReader = new EntryReader(elements, environment.getTypeUtils());
        this.bodyReader = new BodyReader(environment);
        this.parts = new Parts(elements, upcoming);
        this.makers = new Makers(elements, parts, upcoming, entered);
        this.planner = new Planner(claims, parts, makers);
        this.emitter = new Emitter(environment.getFiler());
        this.reporter = reporter;
        this.headstart = new Headstart(planner, emitter, reporter);
    }

    /** Looks at what a round brings. */
    void beginRound(RoundEnvironment round) {
        isLastRound = round.processingOver();
        isSettled = isLastRound || headstart.isAllThatIsNew(round.getRootElements());
    }

    /** Sees to it that models that wait have another round that is not the last. */
    void endRound() {
        headstart.endRound(isLastRound);
    }

    /** Notes a type whose source the compiler has, the user's own or a generated one. */
    void enter(String qualifiedName) {
        entered.add(qualifiedName);
    }

    /** Notes the names of the types that will be generated for an annotated type. */
    void announce(TypeElement holder) {
        for (Request request : formReader.read(holder, new ArrayList<>())) {
            TypeRef model = request.target().home();
            for (Form form : request.forms()) {
                upcoming.add(form.network(model).qualifiedName());
                upcoming.add(form.harness(model).qualifiedName());
            }
            upcoming.add(Planner.comparison(model).qualifiedName());
        }
    }

    /**
     * Generates what an annotated type asks for.
     *
     * @param holder the annotated type
     * @return whether all is done; else it waits for types that other processors may generate
     */
    boolean process(TypeElement holder) throws IOException {
        if (!formReader.isResolved(holder) && !isLastRound) {
            return false;
        }
        List<Problem> unusable = new ArrayList<>();
        List<Request> requests = formReader.read(holder, unusable);
        if (done.add(TypeRef.of(holder).qualifiedName())) {
            reporter.report(unusable);
        }
        boolean isDone = true;
        for (Request request : requests) {
            String name = TypeRef.of(holder) + " " + TypeRef.of(request.target().model());
            if (!done.contains(name) && process(request)) {
                done.add(name);
            }
            isDone &= done.contains(name);
        }
        return isDone;
    }

    private boolean process(Request request) throws IOException {
        Target target = request.target();
        TypeElement type = target.model();
        if (!headerCheck.isResolved(type, constructorReader.all(target))) {
            return isLastRound && stub(request, "A type of the header was not found", List.of());
        }
        Header header = header(target);
        List<Problem> found = headerCheck.check(target, header.constructors(), header.candidates());
        boolean needsBody =
                !header.candidates().isEmpty()
                        || request.forms().stream().anyMatch(form -> form.isTransforming());
        List<Problem> problems = new ArrayList<>();
        Model model = header.model(header.candidates(), Optional.empty());
        if (needsBody && found.stream().allMatch(ModelPipeline::leavesABody)) {
            Reading reading =
                    bodyReader.read(target, header.constructors(), header.candidates(), upcoming);
            if (reading instanceof Reading.Read read) {
                boolean isUsable = found.isEmpty();
                boolean isJava = isJava(target, read);
                if (isUsable && mustWait(model, read, isJava, request)) {
                    return waits(request, model);
                }
                found = headerCheck.check(target, header.constructors(), read.entries());
                model = header.model(read.entries(), check(header, read, request, problems));
                if (isUsable && !isJava) {
                    // after an error of ours the compiler would not come to its own
                    List<Problem> ours = target.isElsewhere() ? problems : List.of();
                    return stub(request, read.mistakes().toString(), ours);
                }
            } else {
                problems.add(unread(type, reading));
            }
        }
        if (!needsBody && found.isEmpty()) {
            problems.addAll(surprises(header, request));
        }
        problems.addAll(0, found);
        boolean isUsable = found.isEmpty();
        Plan plan = plan(request, isUsable ? model : unusable(header), isUsable, problems);
        finish(request, plan, problems);
        return true;
    }

    /** No compiler looks at the source of a library but for what is not there. */
    private static boolean isJava(Target target, Reading.Read read) {
        return target.isElsewhere()
                ? read.mistakes().missing().isEmpty()
                : read.mistakes().isEmpty();
    }

    private boolean mustWait(Model model, Reading.Read read, boolean isJava, Request request) {
        return isJava
                ? !isLastRound && makers.mustWait(model, read.body(), request.forms())
                : !isSettled;
    }

    /** With another problem of the header the body is none of a model. */
    private static boolean leavesABody(Problem problem) {
        return problem.code() == Code.CHECKED_EXCEPTION || problem.code() == Code.NAME_TAKEN;
    }

    private boolean waits(Request request, Model model) {
        headstart.add(request, documented(model));
        return false;
    }

    private static Problem unread(TypeElement type, Reading reading) {
        if (reading instanceof Reading.Refused refused) {
            return new Problem(refused.code(), refused.what(), Place.of(type));
        }
        String what =
                "The source of '%s' cannot be read: %s"
                        .formatted(type.getSimpleName(), ((Reading.Unreadable) reading).reason());
        return new Problem(Code.UNREADABLE, what, Place.of(type));
    }

    /** What the compiler tells of a model. */
    private record Header(
            Target target, List<Constructor> constructors, List<EntryPoint> candidates) {

        Model model(List<EntryPoint> entries, Optional<Body> body) {
            return new Model(target, TypeRef.of(target.model()), constructors, entries, body);
        }
    }

    private Header header(Target target) {
        List<Constructor> constructors =
                entryReader.isBlock(target.model())
                        ? constructorReader.accessible(target)
                        : List.of();
        List<EntryPoint> candidates =
                entryReader.candidates(target, !constructors.isEmpty()).stream()
                        .filter(entry -> !isUpcoming(entry.method().getReturnType()))
                        .toList();
        return new Header(target, constructors, candidates);
    }

    /** Of generated types there may be class files, from an earlier compilation, or not. */
    private boolean isUpcoming(TypeMirror type) {
        return type instanceof DeclaredType declared
                && (declared.getKind() == TypeKind.ERROR
                        || upcoming.contains(
                                TypeRef.of((TypeElement) declared.asElement()).qualifiedName()));
    }

    /** A class that is no model, with all that could have been a way in. */
    private Model unusable(Header header) {
        List<Constructor> constructors =
                header.constructors().isEmpty() && header.candidates().isEmpty()
                        ? constructorReader.all(header.target())
                        : header.constructors();
        return new Header(header.target(), constructors, header.candidates())
                .model(header.candidates(), Optional.empty());
    }

    private Optional<Body> check(
            Header header, Reading.Read read, Request request, List<Problem> problems) {
        Body body = read.body();
        List<Form> forms = request.forms();
        if (forms.stream().noneMatch(form -> form.isTransforming())) {
            problems.addAll(surprises(header, read, forms));
            return Optional.empty();
        }
        Model model = header.model(read.entries(), Optional.of(body));
        List<Problem> found = BodyCheck.check(model, body, forms, parts, makers);
        problems.addAll(found);
        if (found.isEmpty()) {
            found = forms.stream().flatMap(form -> FormCheck.check(form, body).stream()).toList();
            problems.addAll(found);
        }
        if (problems.isEmpty()) {
            problems.addAll(surprises(header, read, forms));
        }
        return found.isEmpty() ? Optional.of(body) : Optional.empty();
    }

    /** Warnings about a model of which no form needs the body, where it can be read. */
    private List<Problem> surprises(Header header, Request request) {
        Reading reading =
                bodyReader.read(
                        header.target(), header.constructors(), header.candidates(), upcoming);
        return reading instanceof Reading.Read read
                ? surprises(header, read, request.forms())
                : List.of();
    }

    private static List<Problem> surprises(Header header, Reading.Read read, List<Form> forms) {
        if (!read.mistakes().isEmpty()) {
            return List.of();
        }
        Body body = read.body();
        Model model = header.model(read.entries(), Optional.of(body));
        List<Problem> found = new ArrayList<>(Surprises.find(model, body, forms));
        if (forms.stream().noneMatch(Form::isTransforming)) {
            found.addAll(ExemptionCheck.check(model, body, forms)); // else it is done
        }
        return found;
    }

    /** After an error the types are still generated, so that code that uses them compiles. */
    private boolean stub(Request request, String wrong, List<Problem> others) throws IOException {
        Target target = request.target();
        String name = target.model().getSimpleName().toString();
        List<Problem> problems = new ArrayList<>(others);
        if (target.isElsewhere()) {
            // no compiler looks at the source, and reports what is missing
            String what = "%s, and '%s' needs it".formatted(wrong, name);
            problems.add(new Problem(Code.OUT_OF_REACH, what, Place.of(target.model())));
        } else {
            reporter.note(
                    target.holder(),
                    "%s, so the ensembles of '%s' only throw".formatted(wrong, name));
        }
        Header header = header(target);
        List<Constructor> resolved =
                unusable(header).constructors().stream().filter(Constructor::isResolved).toList();
        List<Constructor> constructors =
                resolved.isEmpty() && header.candidates().isEmpty()
                        ? List.of(Constructor.IMPLICIT)
                        : resolved;
        Model model =
                new Header(target, constructors, header.candidates())
                        .model(header.candidates(), Optional.empty());
        Plan plan = plan(request, model, false, problems);
        // the compiler has an error of its own, to which it would not come after one of ours
        finish(request, plan, target.isElsewhere() ? problems : withoutErrors(problems));
        return true;
    }

    /** Adds the problems of the annotations and of the names to those of the model. */
    private Plan plan(Request request, Model found, boolean isUsable, List<Problem> problems) {
        problems.addAll(0, request.problems());
        Model model = documented(found);
        headstart.release(model);
        return planner.plan(model, request.forms(), request.tasks(), isUsable, problems);
    }

    private void finish(Request request, Plan plan, List<Problem> problems) throws IOException {
        reporter.report(request.located(problems));
        headstart.finish(plan);
    }

    private static List<Problem> withoutErrors(List<Problem> problems) {
        return problems.stream().filter(problem -> problem.code().getKind() != Kind.ERROR).toList();
    }

    private Model documented(Model model) {
        Target target = model.target();
        return model.with(
                bodyReader.documented(target, model.constructors()),
                bodyReader.documentedEntries(target, model.entries()));
    }
}
