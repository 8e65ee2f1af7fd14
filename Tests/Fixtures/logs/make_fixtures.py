#!/usr/bin/env python3
"""Makes the logs in this folder again, with the software that writes such logs where it can be installed.

    python3 -m venv py && py/bin/pip install -r Tests/Fixtures/logs/requirements.txt
    py/bin/python Tests/Fixtures/logs/make_fixtures.py [FOLDER]

The folder is that of this script unless another is named.
Weights & Biases (offline), MLflow and the state of Hugging Face's Trainer are written by the packages themselves, whose
versions go to versions.json; a package that is not installed leaves its folder as it is. Lightning, Megatron, nanoGPT,
torchtitan and the lm-evaluation-harness need a large framework or an accelerator: their files are written here line by line
as their sources format them, which the comment above each names.
"""

import json
import math
import os
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent
versions = json.loads((HERE / "versions.json").read_text()) if (HERE / "versions.json").exists() else {}


def loss(step, size=1.0):
    """A curve to log: exact in binary, so that it reads back equal however it is printed."""
    return round(2 * 4096 + 4096 * size * math.exp(-step / 20)) / 4096


def clean(name):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def settings_without_machine(wandb):
    """Settings of wandb that keep the machine out of the file, as far as this version has them."""
    wanted = {"x_disable_meta": True, "x_disable_stats": True, "x_disable_machine_info": True, "console": "off",
              "disable_git": True, "disable_code": True, "save_code": False, "host": "host", "username": "someone",
              "program": "train.py", "program_relpath": "train.py", "x_save_requirements": False}
    known = wandb.Settings.model_fields
    return wandb.Settings(**{key: value for key, value in wanted.items() if key in known})


def wandb_offline():
    try:
        import wandb
    except ImportError:
        return
    versions["wandb"] = wandb.__version__
    folder = clean("wandb-offline")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=scratch)
        for index, (name, size) in enumerate([("small", 2), ("large", 4)]):
            run = wandb.init(
                project="ladder", name=name, id=f"fixture{index}", dir=scratch,
                # Nothing of the machine that made the fixture.
                settings=settings_without_machine(wandb),
                config={"n_layer": size, "optimizer": {"lr": 3e-4, "betas": [0.9, 0.95]}, "batch_tokens": 4096,
                        "num_params": 1000000 * size, "note": "a: b # c", "tied": True, "nothing": None})
            for step in range(0, 101, 10):
                run.log({"train/loss": loss(step, size), "lr": 3e-4 * (1 - step / 100)}, step=step)
            run.log({"eval/loss": loss(100, size) + 0.25}, step=100)
            run.summary["best"] = "step 100"
            run.finish()
        for path in sorted(pathlib.Path(scratch, "wandb").glob("offline-run-*")):
            target = folder / f"offline-run-20260101_000000-{path.name.split('-')[-1]}"
            target.mkdir()
            for file in path.glob("run-*.wandb"):
                shutil.copy(file, target / file.name)


def mlflow_store():
    try:
        import mlflow
    except ImportError:
        return
    versions["mlflow"] = mlflow.__version__
    folder = clean("mlruns")
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    with tempfile.TemporaryDirectory() as scratch:
        mlflow.set_tracking_uri(f"file:{scratch}/mlruns")
        mlflow.set_experiment("ladder")
        for name, size in [("small", 2), ("large", 4)]:
            with mlflow.start_run(run_name=name):
                mlflow.log_params({"n_layer": size, "optimizer/lr": 3e-4, "batch_tokens": 4096, "text": "two\nlines"})
                for step in range(0, 101, 20):
                    mlflow.log_metric("train/loss", loss(step, size), step=step)
                mlflow.log_metric("eval_loss", loss(100, size), step=100)
                mlflow.set_tag("recipe", "gated")
        with mlflow.start_run(run_name="broken"):
            mlflow.log_metric("train/loss", 3.0, step=0)
            mlflow.log_metric("train/loss", float("nan"), step=20)
            mlflow.log_metric("eval_loss", float("nan"), step=20)
        for experiment in pathlib.Path(scratch, "mlruns").iterdir():
            if not experiment.is_dir() or experiment.name.startswith("."):
                continue
            for number, run in enumerate(sorted(experiment.glob("*/meta.yaml"), key=lambda f: f.stat().st_mtime_ns)):
                target = folder / "1" / f"{number:032x}"
                shutil.copytree(run.parent, target, ignore=shutil.ignore_patterns("artifacts"))
                meta = (target / "meta.yaml").read_text().replace(str(scratch), "/tmp").replace(run.parent.name, target.name)
                lines = [line if not line.startswith("user_id") else "user_id: someone" for line in meta.splitlines()]
                (target / "meta.yaml").write_text("\n".join(lines) + "\n")
                for tag in ("mlflow.user", "mlflow.source.name", "mlflow.source.git.commit", "mlflow.source.git.repoURL",
                            "mlflow.source.git.branch"):
                    (target / "tags" / tag).unlink(missing_ok=True)


def trainer():
    try:
        import transformers
        from transformers import GPT2Config
        from transformers.trainer_callback import TrainerState
    except ImportError:
        return
    versions["transformers"] = transformers.__version__
    folder = clean("trainer")

    def state(steps, size):
        history = []
        for step in range(10, steps + 1, 10):
            history.append({"epoch": step / 100, "grad_norm": 1.5, "learning_rate": 3e-4 * (1 - step / 100),
                            "loss": loss(step, size), "step": step})
            if step % 50 == 0:
                history.append({"epoch": step / 100, "eval_loss": loss(step, size) + 0.25, "eval_runtime": 1.5,
                                "eval_samples_per_second": 100.0, "eval_steps_per_second": 12.5, "step": step})
        if steps == 100:
            history.append({"epoch": 1.0, "step": 100, "total_flos": 1.5e12, "train_loss": 3.5, "train_runtime": 60.0,
                            "train_samples_per_second": 13.3, "train_steps_per_second": 1.6})
        return TrainerState(epoch=steps / 100, global_step=steps, max_steps=100, logging_steps=10, eval_steps=50,
                            save_steps=50, train_batch_size=8, num_train_epochs=1, total_flos=1.5e10 * steps,
                            log_history=history, is_local_process_zero=True, is_world_process_zero=True)

    for name, size in [("small", 2), ("large", 4)]:
        run = folder / name
        for steps in (50, 100):
            checkpoint = run / f"checkpoint-{steps}"
            checkpoint.mkdir(parents=True)
            state(steps, size).save_to_json(str(checkpoint / "trainer_state.json"))
        config = GPT2Config(n_layer=size, n_head=2, n_embd=16, vocab_size=256, n_positions=64)
        config.save_pretrained(run)
    # The one whose training was told to save its state at the end.
    state(100, 4).save_to_json(str(folder / "large" / "trainer_state.json"))
    results = {"epoch": 1.0, "eval_loss": loss(100, 4) + 0.25, "eval_runtime": 1.5, "perplexity": 9.5,
               "train_loss": 3.5, "train_runtime": 60.0, "total_flos": 1.5e12}
    (folder / "large" / "all_results.json").write_text(json.dumps(results, indent=4, sort_keys=True))
    # Stopped half way.
    checkpoint = folder / "stopped" / "checkpoint-50"
    checkpoint.mkdir(parents=True)
    state(50, 3).save_to_json(str(checkpoint / "trainer_state.json"))


def wandb_exports():
    """A chart exported from the web (its header quotes every name), a history, and the files of an online run."""
    folder = clean("wandb-export")
    header = ["Step"]
    for name in ("small - 1", "large"):
        header += [f"{name} - train/loss", f"{name} - train/loss__MIN", f"{name} - train/loss__MAX"]
    rows = [",".join(f'"{cell}"' for cell in header)]
    for step in range(0, 101, 20):
        cells = [str(step)]
        for size in (2, 4):
            value = "" if size == 4 and step == 20 else repr(loss(step, size))
            cells += [value] * 3
        rows.append(",".join(f'"{cell}"' for cell in cells))
    (folder / "chart.csv").write_text("\n".join(rows) + "\n")
    with open(folder / "history.jsonl", "w") as file:
        for step in range(0, 101, 20):
            row = {"_step": step, "_runtime": step / 4, "_timestamp": 1767225600.5 + step, "train/loss": loss(step, 2)}
            if step == 100:
                row["eval/loss"] = loss(step, 2) + 0.25
            file.write(json.dumps(row) + "\n")
    online = folder / "wandb" / "run-20260101_000000-abcd1234" / "files"
    online.mkdir(parents=True)
    (online / "config.yaml").write_text(
        "_wandb:\n    value:\n        python_version: 3.11.7\n        t:\n            \"1\":\n                - 1\n                - 5\n"
        "batch_tokens:\n    value: 4096\nlr:\n    desc: null\n    value: 0.0003\nmodel:\n    value:\n        n_layer: 2\n"
        "        sizes:\n            - 16\n            - 32\n")
    (online / "wandb-summary.json").write_text(
        '{"_timestamp":1767225700.5,"_runtime":25,"_step":100,"train/loss":2.01,"eval/loss":2.5,"_wandb":{"runtime":25}}')
    (online / "wandb-metadata.json").write_text('{"os":"Linux","program":"train.py","gpu":"NVIDIA H100","gpu_count":1}')


def lightning():
    """CSVLogger: lightning_fabric/loggers/csv_logs.py writes a cell a metric, empty where a step has none."""
    folder = clean("lightning/lightning_logs/version_0")
    rows = ["epoch,lr,step,train_loss,val_loss"]
    for step in range(9, 100, 10):
        rows.append(f"0,0.0003,{step},{loss(step, 2)!r},")
        if step % 50 == 49:
            rows.append(f"0,,{step},,{loss(step, 2) + 0.25!r}")
    (folder / "metrics.csv").write_text("\n".join(rows) + "\n")
    (folder / "hparams.yaml").write_text(
        "batch_size: 8\nblock_size: 64\nmax_steps: 100\nmodel:\n  n_layer: 2\n  betas:\n  - 0.9\n  - 0.95\n"
        "optimizer: !!python/name:torch.optim.adamw.AdamW ''\nname: 'it''s small'\n")


def text_logs():
    """Megatron-LM: training_log and print_args in megatron/training; nanoGPT: train.py; torchtitan: components/metrics.py."""
    folder = clean("text")
    lines = ["using world size: 8, data-parallel size: 8, context-parallel size: 1",
             "------------------------ arguments ------------------------"]
    arguments = [("add_bias_linear", False), ("data_parallel_size", 8), ("ffn_hidden_size", 64), ("global_batch_size", 16),
                 ("hidden_size", 16), ("lr", 0.0003), ("lr_decay_style", "cosine"), ("lr_warmup_iters", 10),
                 ("micro_batch_size", 2), ("num_attention_heads", 2), ("num_layers", 2), ("padded_vocab_size", 256),
                 ("position_embedding_type", "rope"), ("seq_length", 64), ("swiglu", True), ("train_iters", 100),
                 ("untie_embeddings_and_output_weights", True), ("vocab_file", None)]
    for key, value in arguments:
        lines.append(f"  {key} {'.' * (48 - len(key))} {value}")
    lines.append("-------------------- end of arguments ---------------------")
    for step in range(10, 101, 10):
        lines.append(
            f" [2026-01-01 00:00:{step // 10:02d}] iteration {step:8d}/{100:8d} | consumed samples: {step * 16:12d} | "
            f"elapsed time per iteration (ms): 12.5 | learning rate: {3e-4:.6E} | global batch size: {16:5d} | "
            f"lm loss: {loss(step, 2):.6E} | loss scale: 1.0 | grad norm: 1.250 | number of skipped iterations:   0 | "
            f"number of nan iterations:   0 |")
        if step % 50 == 0:
            value = loss(step, 2) + 0.25
            bar = "-" * 60
            lines += [bar, f" validation loss at iteration {step} | lm loss value: {value:.6E} | "
                      f"lm loss PPL: {math.exp(value):.6E} | ", bar]
    (folder / "megatron.log").write_text("\n".join(lines) + "\n")

    lines = ["Overriding config with config/train_tiny.py:", "# a tiny model", "out_dir = 'out-tiny'", "gradient_accumulation_steps = 5 * 8",
             "batch_size = 4 # micro", "block_size = 64", "n_layer = 2", "n_head = 2", "n_embd = 16", "max_iters = 100",
             "learning_rate = 1e-3 # with baby networks can afford to go a bit higher", "",
             "tokens per iteration will be: 10,240", "found vocab_size = 65 (inside data/meta.pkl)",
             "Initializing a new model from scratch", "number of parameters: 0.01M",
             "num decayed parameter tensors: 10, with 8,208 parameters", "compiling the model... (takes a ~minute)"]
    for step in range(0, 101, 10):
        if step % 50 == 0:
            lines.append(f"step {step}: train loss {loss(step, 2):.4f}, val loss {loss(step, 2) + 0.25:.4f}")
        lines.append(f"iter {step}: loss {loss(step, 2) + 0.01:.4f}, time 12.34ms, mfu -100.00%")
    (folder / "nanogpt.txt").write_text("\n".join(lines) + "\n")

    red, green, reset = "\033[31m", "\033[32m", "\033[0m"
    stamp = "[rank0]:[titan] 2026-01-01 00:00:00,000 - root - INFO - "
    lines = [stamp + "Starting job: tiny", stamp + f"{green}Model llama3 debugmodel {red}size: 6,270,976 total parameters{reset}",
             stamp + "Trainer is initialized with local batch size 8, global batch size 64, gradient accumulation steps 1, "
             "sequence length 2048, total steps 100 (warmup 20)", stamp + "Training starts at step 1"]
    for step in [1] + list(range(10, 101, 10)):
        lines.append(
            stamp + f"{red}step: {step:2d}  {green}loss: {loss(step, 2):8.5f}  grad_norm: {1.25:7.4f}  {reset}memory:  1.35GiB(1.71%)  "
            f"tps: {12345:,}  tflops: 1.21  mfu: 0.39%")
    lines += [stamp + f"validate step: 100  {green}loss: {loss(100, 2) + 0.25:7.4f}  {reset}memory:  1.35GiB(1.71%)  tps: 20,000",
              stamp + "Training completed"]
    (folder / "torchtitan.log").write_text("\n".join(lines) + "\n")

    lines = [f"epoch 0 | update {step} of 100 | loss={loss(step, 2):.4f}, ppl 1.0" for step in range(0, 101, 10)]
    (folder / "own.log").write_text("\n".join(lines) + "\n")


def evaluations():
    """lm-evaluation-harness: EvaluationTracker.save_results_aggregated in lm_eval/loggers/evaluation_tracker.py."""
    folder = clean("evaluations/someone__small")
    results = {
        "results": {
            "arc_easy": {"alias": "arc_easy", "acc,none": 0.4375, "acc_stderr,none": 0.0101, "acc_norm,none": 0.40625,
                         "acc_norm_stderr,none": 0.01005},
            "gsm8k": {"alias": "gsm8k", "exact_match,strict-match": 0.015625, "exact_match_stderr,strict-match": 0.0034},
            "wikitext": {"alias": "wikitext", "bits_per_byte,none": 0.9375, "bits_per_byte_stderr,none": "N/A",
                         "word_perplexity,none": 31.5, "word_perplexity_stderr,none": "N/A"}},
        "group_subtasks": {}, "configs": {"arc_easy": {"task": "arc_easy", "num_fewshot": 0}}, "versions": {"arc_easy": 1.0},
        "n-shot": {"arc_easy": 0}, "higher_is_better": {"arc_easy": {"acc": True}},
        "config": {"model": "hf", "model_args": "pretrained=someone/small,dtype=float32", "model_num_parameters": 2000000,
                   "batch_size": "8", "limit": None},
        "git_hash": "abcdef0", "date": 1767225600.0, "model_source": "hf", "model_name": "someone/small"}
    (folder / "results_2026-01-01T00-00-00.000000.json").write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    for make in (wandb_offline, mlflow_store, trainer, wandb_exports, lightning, text_logs, evaluations):
        make()
    (HERE / "versions.json").write_text(json.dumps(versions, indent=2, sort_keys=True) + "\n")
    print(versions)
