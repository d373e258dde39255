"""Every setting of the site, read from the environment (or a `.env` file) with its type.

`.env.example` says what each one means; a test holds that file to the names read here.
"""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

PROCESSES = ("web", "worker", "scheduler", "manage")


def _typed(read: Any, name: str, **kwargs: Any) -> Any:
    """Read one variable; a value of the wrong type is an error that names the variable."""
    try:
        return read(name, **kwargs)
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"{name}: not a valid value ({error}).") from error


def _whole_number(name: str, default: int, *, least: int = 0) -> int:
    """Read a whole number not below `least`."""
    value = int(_typed(env.int, name, default=default))
    if value < least:
        raise ImproperlyConfigured(f"{name}: must be {least} or more, not {value}.")
    return value


def _limit(name: str, kind: type[int] | type[float]) -> float | None:
    """Read a limit, a number above zero; empty is none."""
    text = env.str(name, default="").strip()
    if not text:
        return None
    value = _typed(lambda _: kind(text), name)
    if not (isfinite(value) and value > 0):
        raise ImproperlyConfigured(f"{name}: must be above 0, or empty for no limit.")
    return float(value)


def _key(name: str) -> str:
    """Read a provider's key; no error repeats it."""
    text = str(env.str(name, default="")).strip()
    if not text.isascii() or any(map(str.isspace, text)):
        raise ImproperlyConfigured(f"{name}: a key has no spaces, line breaks or accents in it.")
    return text


def _flag(name: str, *, default: bool) -> bool:
    """Read on/off; anything but the usual words for them is an error."""
    text = env.str(name, default="on" if default else "off").strip().lower()
    if text in {"on", "true", "yes", "1"}:
        return True
    if text in {"off", "false", "no", "0", ""}:
        return False
    raise ImproperlyConfigured(f"{name}: say on or off, not {text!r}.")


def _choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Read one of a few words."""
    value = str(env.str(name, default=default))
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}: must be one of {', '.join(allowed)}, not {value!r}.")
    return value


# --- Process and places -----------------------------------------------------------------------

CODEGEN_PROCESS = _choice("CODEGEN_PROCESS", "manage", PROCESSES)
CODEGEN_VAR_DIR = Path(env.str("CODEGEN_VAR_DIR", default="") or BASE_DIR / "var")
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

DEBUG = _flag("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY: not set. Start the site with ./codegen, which makes one, or set it."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "channels",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "codegen_site.apps.SiteConfig",
    "projects.apps.ProjectsConfig",
    "memory.apps.MemoryConfig",
    "generation.apps.GenerationConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "codegen_site.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "codegen_site.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "codegen_site.middleware.IdentityMiddleware",
    "codegen_site.middleware.PartialPageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "codegen_site.urls"
ASGI_APPLICATION = "codegen_site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "codegen_site.context.site",
            ],
        },
    }
]

# --- Database: one URL per role; the owner migrates, web is subject to row-level security ------

DATABASE_URL = env.str("DATABASE_URL", default="")
if not DATABASE_URL:
    raise ImproperlyConfigured(
        "DATABASE_URL: not set. Start the site with ./codegen, which runs its own PostgreSQL, "
        "or set it to a PostgreSQL address."
    )
DATABASE_WEB_URL = env.str("DATABASE_WEB_URL", default="") or DATABASE_URL
DATABASE_SERVICE_URL = env.str("DATABASE_SERVICE_URL", default="") or DATABASE_URL
DATABASE_POOL_SIZE = _whole_number("DATABASE_POOL_SIZE", 16, least=1)


def database_config(url: str) -> dict[str, Any]:
    """Return Django's settings for the PostgreSQL database at `url`."""
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL: must be a postgresql:// address.")
    config: dict[str, Any] = env.db_url_config(url)
    config["ENGINE"] = "codegen_site.postgresql"
    config["OPTIONS"] = dict(config.get("OPTIONS", {}))
    return config


_database_url = {"web": DATABASE_WEB_URL, "worker": DATABASE_SERVICE_URL}.get(
    CODEGEN_PROCESS, DATABASE_SERVICE_URL if CODEGEN_PROCESS == "scheduler" else DATABASE_URL
)
DATABASES: dict[str, dict[str, Any]] = {"default": database_config(_database_url)}
if CODEGEN_PROCESS == "web":
    # So a restart of the database costs no visitor an error for each connection of the pool.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": DATABASE_POOL_SIZE}
elif CODEGEN_PROCESS == "worker":
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

AUTH_USER_MODEL = "projects.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: queue and channel layer -----------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", default="")
if not REDIS_URL:
    raise ImproperlyConfigured(
        "REDIS_URL: not set. Start the site with ./codegen, which runs its own, or set it."
    )

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "codegen"},
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60.0  # on a busy machine a start takes longer than Celery's 4 s
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "codegen"
# Looking for lost work must not wait behind the work.
CELERY_TASK_QUEUES: dict[str, dict[str, Any]] = {
    name: {} for name in ("codegen", "codegen-upkeep", "codegen-models", "codegen-long")
}
CELERY_TASK_ROUTES = {
    "generation.tasks.reconcile": {"queue": "codegen-upkeep"},
    "generation.tasks.pull_model": {"queue": "codegen-long"},
}
# What waits for a model: planning, agents and steps that ask one.
MODEL_QUEUE = "codegen-models"
JOBS_PER_USER = _whole_number("JOBS_PER_USER", 4, least=1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    # A Redis that hangs is one that is not there: nobody waits for it without end.
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "health_check_interval": 5,
}
RECONCILE_SECONDS = _whole_number("RECONCILE_SECONDS", 5, least=1)
CELERY_BEAT_SCHEDULE = {
    "reconcile": {
        "task": "generation.tasks.reconcile",
        "schedule": RECONCILE_SECONDS,
        "options": {"expires": RECONCILE_SECONDS},
    },
}
STREAM_HEARTBEAT_SECONDS = _whole_number("STREAM_HEARTBEAT_SECONDS", 15, least=1)
STEP_LEASE_SECONDS = _whole_number("STEP_LEASE_SECONDS", 15, least=2)

# --- Sign-in ----------------------------------------------------------------------------------

ALLOW_SIGN_UP = _flag("ALLOW_SIGN_UP", default=True)
AUTHENTICATION_BACKENDS = ["projects.authentication.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "projects:sign-in"
LOGIN_REDIRECT_URL = "projects:list"
LOGOUT_REDIRECT_URL = "projects:sign-in"

# --- Security ---------------------------------------------------------------------------------

HTTPS = _flag("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if _flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not HTTPS:
    # Without HTTPS (the loopback default) these cannot be had; with it all of them are on.
    SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a plan has two for each of its steps

# --- REST API ---------------------------------------------------------------------------------

API_THROTTLE = env.str("API_THROTTLE", default="600/min")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "projects.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["generation.api.parsers.BoundedJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["generation.api.throttles.PersonThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": API_THROTTLE},
    "EXCEPTION_HANDLER": "generation.api.errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Codegen",
    "DESCRIPTION": (
        "Describe an app, follow its generation, download it.\n\n"
        "[Sign in to the site](/), or send a token made in the [account page](/account/): "
        "`Authorization: Bearer cg_…`. Every error has the same shape, with a stable `code`."
    ),
    "TAGS": [
        {"name": "jobs", "description": "Runs of an agent or of the whole pipeline"},
        {"name": "projects", "description": "Apps that were asked for, and what was made"},
        {"name": "recall", "description": "What was asked for last"},
        {"name": "usage", "description": "What calls to models took"},
        {"name": "me", "description": "Who asks"},
    ],
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/(api|v1)",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "JobKindEnum": "generation.models.AgentType",
        "AgentTypeEnum": "generation.api.v1.serializers.AGENT_CHOICES",
        "ProjectStatusEnum": "projects.models.ProjectStatus",
        "JobStatusEnum": "generation.models.JobStatus",
        "StepStatusEnum": "generation.models.StepStatus",
        "ClarifyEnum": "generation.models.ClarificationDepth",
    },
}

# --- Memory -----------------------------------------------------------------------------------

MEMORY_STORE = _choice("MEMORY_STORE", "engine", ("engine", "local"))

# --- Models -----------------------------------------------------------------------------------

OLLAMA_HOST = env.str("OLLAMA_HOST", default="http://127.0.0.1:11434")
OLLAMA_SILENCE = _whole_number("OLLAMA_SILENCE", 120, least=1)
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", default="")
ANTHROPIC_BASE_URL = env.str("ANTHROPIC_BASE_URL", default="")
GEMINI_BASE_URL = env.str("GEMINI_BASE_URL", default="")
ALLOW_PRIVATE_MODEL_HOSTS = _flag("ALLOW_PRIVATE_MODEL_HOSTS", default=False)
OPENAI_API_KEY = _key("OPENAI_API_KEY")
ANTHROPIC_API_KEY = _key("ANTHROPIC_API_KEY")
GEMINI_API_KEY = _key("GEMINI_API_KEY")
AINATIVE_API_KEY = _key("AINATIVE_API_KEY")
OPENAI_MODEL = env.str("OPENAI_MODEL", default="")
ANTHROPIC_MODEL = env.str("ANTHROPIC_MODEL", default="")
GEMINI_MODEL = env.str("GEMINI_MODEL", default="")
AINATIVE_BASE_URL = env.str("AINATIVE_BASE_URL", default="https://api.ainative.studio")
AINATIVE_KEY_HEADER = _choice(
    "AINATIVE_KEY_HEADER", "Authorization", ("Authorization", "X-API-Key")
)
AINATIVE_SECONDS = _whole_number("AINATIVE_SECONDS", 15, least=1)
AINATIVE_CREATE_PATH = env.str("AINATIVE_CREATE_PATH", default="/code-generation/create")
AINATIVE_REFACTOR_PATH = env.str("AINATIVE_REFACTOR_PATH", default="/code-generation/refactor")
AINATIVE_MEMORY_PATH = env.str("AINATIVE_MEMORY_PATH", default="/agent/memory")
AINATIVE_SEARCH_PATH = env.str("AINATIVE_SEARCH_PATH", default="/agent/memory/search")
PROVIDER_KEYS_SECRET = env.str("PROVIDER_KEYS_SECRET", default="")
BUDGET_TOKENS_PER_JOB = _limit("BUDGET_TOKENS_PER_JOB", int)
BUDGET_USD_PER_JOB = _limit("BUDGET_USD_PER_JOB", float)
BUDGET_TOKENS_PER_DAY = _limit("BUDGET_TOKENS_PER_DAY", int)
BUDGET_USD_PER_DAY = _limit("BUDGET_USD_PER_DAY", float)

# --- GitHub -----------------------------------------------------------------------------------

GITHUB_API_URL = env.str("GITHUB_API_URL", default="https://api.github.com")
GITHUB_SECONDS = _whole_number("GITHUB_SECONDS", 50, least=1)

# --- Language, time, static files, logging ------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "codegen_site" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

LOG_LEVEL = _choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    # They tell every request with its whole address.
    "loggers": {"httpx": {"level": "WARNING"}, "httpx2": {"level": "WARNING"}},
}
