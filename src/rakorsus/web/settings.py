"""Django's settings. What an installation may change is in `rakorsus.web.environment`."""

from pathlib import Path

from rakorsus.operation import logs
from rakorsus.web import environment

HERE = Path(__file__).resolve().parent
HOME = environment.home()
DEMO = environment.flag("RAKORSUS_DEMO")
TODAY = environment.today()
BASE = environment.base()
LIVE = environment.live()
HALL_SEA = environment.sea()

DEBUG = environment.flag("RAKORSUS_DEBUG")
PROXIES = environment.proxies()
SECRET_KEY = environment.secret_key(HOME)
ALLOWED_HOSTS = environment.hosts()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "rakorsus.audit",
    "rakorsus.people",
    "rakorsus.documents",
    "rakorsus.stages.intake",
    "rakorsus.stages.register",
    "rakorsus.stages.findings",
    "rakorsus.stages.meeting",
    "rakorsus.stages.decisions",
    "rakorsus.stages.followup",
    "rakorsus.stages.publication",
    "rakorsus.hall",
    "rakorsus.operation",
    "rakorsus.web",
]

MIDDLEWARE = [
    "rakorsus.web.middleware.address",
    "rakorsus.operation.metrics.measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rakorsus.web.middleware.named",
    "rakorsus.web.api_answers.in_json",
    "rakorsus.people.gate.api_gate",
    "rakorsus.operation.readings.noted",
    "rakorsus.web.middleware.language",
    "rakorsus.web.middleware.content_policy",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "rakorsus.web.middleware.full_disk",
    "rakorsus.web.middleware.unstorable",
]

ROOT_URLCONF = "rakorsus.web.urls"
WSGI_APPLICATION = "rakorsus.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rakorsus.web.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "rakorsus.web.templatetags.rakorsus"],
        },
    }
]

DATABASES = {"default": environment.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5000},  # counts of the register's filters, kept per version
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# The hall's gateway: the port it listens on, and its address where a proxy stands in front of it
HALL_PORT = environment.hall_port()
HALL_URL = environment.hall_url()
JANUS = environment.janus()
TURN = environment.turn()
TURN_SECRET = environment.turn_secret()

# Signing in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_ADAPTER = "rakorsus.people.adapter.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An administrator enters the addresses; without it nobody could add a second factor
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "rakorsus"
MFA_FORMS = {"add_webauthn": "rakorsus.people.factor_forms.AddKeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not environment.flag("RAKORSUS_HTTPS")
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.flag("RAKORSUS_HTTPS")
if environment.flag("RAKORSUS_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Languages: pages are written in Bahasa Indonesia, English is the translation
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = "Asia/Makassar"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
LOCALE_PATHS = [HERE / "locale"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {
        "BACKEND": "rakorsus.disk.WholeFiles",
        "OPTIONS": {
            "location": HOME / "files",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 400

for _name, _value in environment.email(HOME).items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = "rakorsus@localhost"

LOGGING = logs.settings(as_json=environment.flag("RAKORSUS_LOG_JSON"))
SILENCED_SYSTEM_CHECKS = ["axes.W003"]  # allauth's backend comes after axes' on purpose
