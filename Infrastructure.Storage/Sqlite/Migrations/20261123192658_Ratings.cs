using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConnectFour.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Ratings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "challenges",
                table: "users",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<double>(
                name: "deviation",
                table: "users",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "rated_at",
                table: "users",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "rating",
                table: "users",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "volatility",
                table: "users",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "rated",
                table: "games",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "swap",
                table: "games",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "swapped",
                table: "games",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "blocks",
                columns: table => new
                {
                    user = table.Column<long>(type: "INTEGER", nullable: false),
                    credential = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blocks", x => new { x.user, x.credential });
                    table.ForeignKey(
                        name: "FK_blocks_users_user",
                        column: x => x.user,
                        principalTable: "users",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ratings",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user = table.Column<long>(type: "INTEGER", nullable: false),
                    game = table.Column<long>(type: "INTEGER", nullable: false),
                    rating = table.Column<double>(type: "REAL", nullable: false),
                    deviation = table.Column<double>(type: "REAL", nullable: false),
                    volatility = table.Column<double>(type: "REAL", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ratings", x => x.number);
                    table.ForeignKey(
                        name: "FK_ratings_games_game",
                        column: x => x.game,
                        principalTable: "games",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ratings_users_user",
                        column: x => x.user,
                        principalTable: "users",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "leaderboard",
                table: "users",
                column: "rating",
                filter: "kind = 1 AND rating IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ratings_game",
                table: "ratings",
                column: "game");

            migrationBuilder.CreateIndex(
                name: "IX_ratings_user_number",
                table: "ratings",
                columns: new[] { "user", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "blocks");

            migrationBuilder.DropTable(
                name: "ratings");

            migrationBuilder.DropIndex(
                name: "leaderboard",
                table: "users");

            migrationBuilder.DropColumn(
                name: "challenges",
                table: "users");

            migrationBuilder.DropColumn(
                name: "deviation",
                table: "users");

            migrationBuilder.DropColumn(
                name: "rated_at",
                table: "users");

            migrationBuilder.DropColumn(
                name: "rating",
                table: "users");

            migrationBuilder.DropColumn(
                name: "volatility",
                table: "users");

            migrationBuilder.DropColumn(
                name: "rated",
                table: "games");

            migrationBuilder.DropColumn(
                name: "swap",
                table: "games");

            migrationBuilder.DropColumn(
                name: "swapped",
                table: "games");
        }
    }
}
